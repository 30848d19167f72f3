#!/usr/bin/env bash
# The same recordings must give the same event logs, byte for byte, on any machine. Replays them in four processes that compute
# differently, and compares the SHA-256 of the logs:
#
#   plain     as it comes
#   numpy     numpy without the CPU features that it would choose code by on this machine
#   glibc     glibc's mathematics without AVX2 and FMA
#   trixie    another Python and another numpy, in the Debian 13 root of tests/monado
#
#   PYTHON=.venv/bin/python tests/determinism.sh [RECORDING…]     named from the top of the checkout; left out: all
set -euo pipefail

cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
export PYTHONPATH=$PWD
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT

# The features beyond its baseline that numpy was built to use and this CPU has; numpy 2.4 gave them new names.
dispatched=$("$python" -c '
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
print(*[name for name in __cpu_dispatch__ if __cpu_features__.get(name)])')

processes=(plain numpy glibc trixie)
compute() {
  case $1 in
  plain) "$python" -m tests.determinism "${@:2}" ;;
  numpy) NPY_DISABLE_CPU_FEATURES=$dispatched "$python" -m tests.determinism "${@:2}" ;;
  glibc) GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA "$python" -m tests.determinism "${@:2}" ;;
  trixie) ABATON_OUT=$found/out tests/monado/inside.sh python -m tests.determinism "${@:2}" ;;
  esac
}

failed=
for process in "${processes[@]}"; do
  compute "$process" "$@" >"$found/$process" 2>"$found/$process.said" || failed+=" $process"
  sed "s/^/$process: /" "$found/$process.said"
  if [ "$failed" = " plain" ]; then
    echo "determinism: not the recorded logs, even here: if the engine or a scene was meant to change, record again" >&2
    exit 1
  fi
done
if [ -n "$failed" ]; then
  echo "determinism: not the recorded logs in:$failed. Something that can cause an event depends on the machine" >&2
  exit 1
fi

for process in "${processes[@]:1}"; do
  if ! difference=$(diff --label plain --label "$process" -u "$found/plain" "$found/$process"); then
    echo "$difference"
    echo "determinism: the process '$process' gave other event logs than the plain one: something that can cause an event" \
      "depends on the machine (libm, SIMD, the order of a set); find the first line where the two logs differ" >&2
    exit 1
  fi
done

awk '{ print $2 "  " $1 }' "$found/plain"
echo "determinism: $(wc -l <"$found/plain") recordings, ${#processes[@]} processes, equal logs"
