#!/usr/bin/env bash
# The Monado suite: the headset driver and all above it against a real OpenXR runtime, with no GPU, no screen and no network.
#
#   tests/monado/run.sh                    makes its root the first time (about a minute, as root), then runs the tests in it
#   tests/monado/run.sh -k recovery -x     … only some of them; arguments are pytest's
#   tests/monado/run.sh --soak             does it grow in 10,000 frames, with the lake drawn? A quarter of an hour; CI asks less
#
# What the tests leave behind (monado.xml for CI, pictures) lands in $ABATON_OUT, by default out/monado. It ends with the line
# `tests counted: collected …, passed …, failed …, skipped …`, and fails if a test fails or is skipped.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
export ABATON_OUT=${ABATON_OUT:-$here/../../out/monado}
export CI=true # a skipped test is a failure: tests/conftest.py
if [ "${1:-}" = --soak ]; then
  shift
  export ABATON_SOAK_FRAMES=${ABATON_SOAK_FRAMES:-10000}
  set -- -s -k memory "$@"
fi
exec "$here/inside.sh" python -m pytest -m monado -p no:cacheprovider -o junit_family=xunit1 --junitxml=/out/monado.xml \
  tests/monado "$@"
