#!/bin/sh
# Makes a fresh Debian or Ubuntu machine able to run Abaton; says nothing and does nothing where all is there.
#
#   sh .ci/machine.sh         what `abaton run` needs: Python with venv, OpenGL by EGL and by GLX, FriBidi
#   sh .ci/machine.sh --ci    also what the tests and .ci/run need: a virtual screen and its mouse, git, debootstrap
#
# It looks for the libraries themselves, not for packages, so that it is right on any Linux. Only where something is missing it
# calls apt-get, as root or by sudo; where it cannot, it says what to install and ends with 1.
set -eu

ci=
case "${1:-}" in
'') ;;
--ci) ci=yes ;;
*) echo "usage: sh .ci/machine.sh [--ci]" >&2 && exit 2 ;;
esac

# Prints a line "what is missing|its Debian packages" for each library that cannot be loaded. Mesa's drivers and GLX's vendor
# library are opened by name at run time, so only a display that really initialises proves that they are there.
libraries() {
  python3 - 2>/dev/null <<'PYTHON' || echo "OpenGL by EGL|libegl1 libgl1 libgl1-mesa-dri libglx-mesa0 libfribidi0"
import ctypes
import os

HANDLE = ctypes.c_void_p


def loads(*names):
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            pass
    return None


def draws(egl):
    """Whether one EGL display of any driver can be opened without a screen."""
    egl.eglGetProcAddress.restype = HANDLE
    query = egl.eglGetProcAddress(b"eglQueryDevicesEXT")
    display_of = egl.eglGetProcAddress(b"eglGetPlatformDisplayEXT")
    if not query or not display_of:
        return False
    query = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_int, ctypes.POINTER(HANDLE), ctypes.POINTER(ctypes.c_int))(query)
    display_of = ctypes.CFUNCTYPE(HANDLE, ctypes.c_int, HANDLE, HANDLE)(display_of)
    devices, count = (HANDLE * 16)(), ctypes.c_int()
    query(16, devices, ctypes.byref(count))
    device_platform, surfaceless_platform = 0x313F, 0x31DD
    egl.eglInitialize.argtypes = [HANDLE, HANDLE, HANDLE]
    wishes = [(device_platform, device) for device in devices[: count.value]] + [(surfaceless_platform, None)]
    displays = [display_of(platform, device, None) for platform, device in wishes]
    return any(display and egl.eglInitialize(display, None, None) for display in displays)


os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
egl = loads("libEGL.so.1")
if not egl:
    print("EGL (libEGL.so.1)|libegl1 libgl1-mesa-dri")
elif not draws(egl):
    print("an OpenGL driver (Mesa's or the graphics card's own)|libgl1-mesa-dri libegl-mesa0")
if not loads("libGL.so.1"):
    print("OpenGL (libGL.so.1)|libgl1 libglx-mesa0")
elif loads("libGLX.so.0") and not loads("libGLX_mesa.so.0", "libGLX_nvidia.so.0"):
    print("a GLX driver (libGLX_mesa.so.0 or the graphics card's own)|libglx-mesa0")
if not loads("libfribidi.so.0"):
    print("FriBidi (libfribidi.so.0)|libfribidi0")
PYTHON
}

missing() {
  if ! command -v python3 >/dev/null; then
    echo "Python 3.11 or newer|python3 python3-venv"
  elif ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Python's venv with ensurepip|python3-venv"
  fi
  libraries
  [ -z "$ci" ] || for need in "Xvfb|xvfb" "xauth|xauth" "xdotool|xdotool" "git|git" "debootstrap|debootstrap debian-archive-keyring"; do
    command -v "${need%%|*}" >/dev/null || echo "$need"
  done
}

column() { cut -d '|' -f "$1" | paste -s -d "$2" - | sed 's/,/, /g'; }

needs_new_python() {
  command -v python3 >/dev/null && ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'
}

old_python() {
  echo "Abaton needs Python 3.11 or newer, and python3 is $(python3 -V | cut -d ' ' -f 2): put a newer one first in PATH." >&2
  exit 1
}

if needs_new_python; then old_python; fi
lacking=$(missing)
[ -n "$lacking" ] || exit 0

names=$(echo "$lacking" | column 1 ,)
packages=$(echo "$lacking" | column 2 ' ')
install="apt-get install -y --no-install-recommends $packages"

if ! command -v apt-get >/dev/null; then
  echo "Abaton misses: $names. Install these with this system's package manager, then run this again." >&2
  exit 1
fi
if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
  as_root="sudo"
else
  echo "Abaton misses: $names. As root, run: apt-get update && $install" >&2
  exit 1
fi

echo "Abaton misses: $names; installing $packages" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A broken third-party list fails the update but seldom the installation, so only the latter decides.
$as_root apt-get -qq -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 || true
# shellcheck disable=SC2086 # the packages are words
if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
  install -y --no-install-recommends $packages >>"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "apt-get could not install what Abaton misses. When the cause above is mended, run: $install" >&2
  exit 1
fi

if needs_new_python; then old_python; fi
lacking=$(missing)
if [ -n "$lacking" ]; then
  echo "Abaton still misses $(echo "$lacking" | column 1 ,) after installing $packages: this system is not one it knows." >&2
  exit 1
fi
