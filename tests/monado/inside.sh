#!/usr/bin/env bash
# Runs a command inside the root that root.sh makes:  tests/monado/inside.sh python -m pytest tests/monado
#
# The checkout is /abaton, read-only, and the working folder; what the command writes to /out lands in $ABATON_OUT
# (default: the checkout's out/). Mounts, processes and the network are the command's own: nothing outlives it, several
# runs do not meet on one port, and there is no network but the loopback, as on a clinic's machine.
# Of the environment only the names below come through.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
checkout=$(git -C "$here" rev-parse --show-toplevel 2>/dev/null || realpath "$here/../..")

if [ "${1:-}" = --within ]; then
  shift
  root=$1 out=$2
  shift 2
  mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  mkdir -p "$root/abaton" "$root/out"
  mount --bind "$checkout" "$root/abaton"
  mount -o remount,bind,ro "$root/abaton"
  mount --bind "$out" "$root/out"
  mapfile -t passed < <(env | grep -E '^(ABATON|MESA|GALLIUM|LP|XRT|XR|OXR|PYTEST|PYTHONHASHSEED|TERM|COLUMNS|CI)[A-Z_]*=')
  exec chroot "$root" /usr/bin/env -i -C /abaton \
    "${passed[@]}" \
    PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 ABATON_OUT=/out \
    PYTHONPATH=/abaton PYTHONDONTWRITEBYTECODE=1 PYOPENGL_PLATFORM=egl LIBGL_ALWAYS_SOFTWARE=1 \
    bash -c 'ip link set lo up; "$@"' inside "$@"
fi

[ $# -gt 0 ] || { echo "usage: $0 COMMAND…" >&2; exit 2; }
root=$("$here/root.sh")
out=$(realpath -m "${ABATON_OUT:-$checkout/out}")
mkdir -p "$out"
namespaces=(--mount --pid --net --ipc --fork --kill-child)
[ "$(id -u)" = 0 ] || namespaces+=(--map-root-user)
exec unshare "${namespaces[@]}" -- "$0" --within "$root" "$out" "$@"
