#!/usr/bin/env bash
# Makes a Debian 13 root that holds a real OpenXR runtime (Monado 25) with software GL and Vulkan, and a Python
# with what a client of it needs. inside.sh runs commands in it.
#
#   tests/monado/root.sh          make it if it is missing or made by an older recipe; print its path
#   ABATON_MONADO_ROOT=DIR        where (default: ~/.cache/abaton/monado-trixie)
#   ABATON_DEBIAN_MIRROR=URL      from where (default: what the host's own apt uses for Debian)
#
# It is built in DIR.partial and renamed when whole, under a lock, in a mount and process namespace of its own: an
# interrupted build leaves no mount and no process behind, and the next run starts afresh.
set -euo pipefail

suite=trixie
packages=(
  monado-service libopenxr1-monado monado-cli libopenxr-loader1
  mesa-vulkan-drivers libgl1-mesa-dri libegl1 libgl1 libglx-mesa0 libfribidi0 xvfb
  python3 python3-venv ca-certificates iproute2
)
# pyopenxr changes its API between patch releases, and pictures depend on panda3d's build: both exact.
wheels=(panda3d==1.10.16 pyopenxr==1.1.6501 numpy pyyaml pydantic pillow typer pytest hypothesis)
recipe="1 $suite ${packages[*]} ${wheels[*]}"

root=$(realpath -m "${ABATON_MONADO_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/abaton/monado-$suite}")
partial=$root.partial
stamp=etc/abaton-recipe

say() { printf 'monado root: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
current() { [ "$(cat "$root/$stamp" 2>/dev/null)" = "$recipe" ]; }

# What the host's apt calls Debian's main archive; nothing when the host is no Debian, and then debootstrap knows one.
host_mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null |
    sort -u | head -n 1
}

# Files and folders that the host's pip reads: configuration, certificates, local wheels, local indexes (whose files lie
# beside their simple/).
pip_paths() {
  printf '%s\n' /etc/pip.conf "${PIP_CONFIG_FILE:-}" "$HOME/.pip" "${XDG_CONFIG_HOME:-$HOME/.config}/pip"
  printf '%s\n' "${PIP_CERT:-}" "${SSL_CERT_FILE:-}" "${REQUESTS_CA_BUNDLE:-}"
  { env | grep '^PIP_' || true; python3 -m pip config list 2>/dev/null || true; } |
    grep -oE "(file://)?/[^/' ][^' ]*" | sed -E 's|^file://||; s|/simple/?$||' || true
}

# Shows a host's path at the same place inside the root, read-only, for the life of this namespace.
lend() {
  [ -e "$1" ] || return 0
  if [ -d "$1" ]; then mkdir -p "$partial$1"; else mkdir -p "$partial$(dirname "$1")" && : >>"$partial$1"; fi
  mount --bind "$1" "$partial$1"
  mount -o remount,bind,ro "$partial$1" 2>/dev/null || true
}

within() { DEBIAN_FRONTEND=noninteractive chroot "$partial" "$@"; }

# The proxy of the host's apt, for debootstrap (which uses wget) and for apt inside.
apt_proxy() { apt-config dump --format '%v%n' "Acquire::$1::Proxy" 2>/dev/null | grep -vx DIRECT | head -n 1 || true; }

build() {
  local mirror path proxy bundle=/etc/ssl/certs/ca-certificates.crt
  mirror=${ABATON_DEBIAN_MIRROR:-$(host_mirror)}
  proxy=$(apt_proxy http) && [ -z "$proxy" ] || export http_proxy=$proxy
  proxy=$(apt_proxy https) && [ -z "$proxy" ] || export https_proxy=$proxy

  echo "debootstrap $suite from ${mirror:-its own default mirror}"
  debootstrap --variant=minbase "$suite" "$partial" ${mirror:+"$mirror"}

  mkdir -p "$partial/etc/apt/apt.conf.d" "$partial/proc" "$partial/dev/shm"
  mountpoint -q "$partial/proc" || mount -t proc proc "$partial/proc"
  mount --rbind /dev "$partial/dev"
  cp -L /etc/resolv.conf "$partial/etc/resolv.conf"
  apt-config dump | grep -iE '^Acquire::(https?|Check-|ForceIPv|Retries)' >"$partial/etc/apt/apt.conf.d/90host" || true
  for path in /etc/apt/auth.conf /etc/apt/auth.conf.d; do lend "$path"; done

  within apt-get update -qq
  within apt-get install -y -qq --no-install-recommends "${packages[@]}"
  within apt-get clean
  # pip must trust what the host trusts.
  [ ! -e $bundle ] || cp -L $bundle "$partial$bundle"

  pip_paths | sort -u | while read -r path; do [ "$path" = $bundle ] || [ -z "$path" ] || lend "$path"; done
  within python3 -m venv /opt/venv
  within /opt/venv/bin/pip install "${wheels[@]}"
  mkdir -p "$partial/abaton" "$partial/out" # where inside.sh binds, also when it runs without root's rights
  printf '%s\n' "$recipe" >"$partial/$stamp"
}

if [ "${1:-}" = --build ]; then
  build
  exit
fi

current && { echo "$root"; exit; }
[ "$(id -u)" = 0 ] || die "making $root needs root; run: sudo ABATON_MONADO_ROOT=$root $0"
command -v apt-get >/dev/null || die "needs a host with apt-get (Debian or Ubuntu)"
mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock -n 9 || { say "another run is making it; waiting"; flock 9; }
current && { echo "$root"; exit; }

if ! command -v debootstrap >/dev/null || [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
  apt-get update >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap debian-archive-keyring >&2
fi
rm -rf --one-file-system "$partial"
started=$SECONDS
say "making $root (about a minute; the log is $root.log)"
ABATON_MONADO_ROOT=$root unshare --mount --pid --fork --kill-child -- "$0" --build >"$root.log" 2>&1 || {
  tail -n 30 "$root.log" >&2
  die "not made; the whole log is $root.log"
}
# A lent path left an empty file or folder under its mount; the mounts are gone, the stubs stay and hide nothing.
rm -rf --one-file-system "$root"
mv -T "$partial" "$root"
say "made in $((SECONDS - started)) s"
echo "$root"
