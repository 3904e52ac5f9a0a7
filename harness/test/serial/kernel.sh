#!/bin/bash
# Provides the guest's kernel: WORK/kernel/vmlinuz, and in WORK/kernel/modules the drivers
# with a file `order` that names them in the order in which they must be loaded.
#
# Takes the newest installed Debian kernel (package linux-image-amd64). Where none is
# installed, as in most containers, it downloads the package with apt and unpacks it below
# WORK instead: that needs no root, and none of the package's boot loader and initramfs
# hooks run. Does nothing if WORK/kernel is already complete.
#
# usage: kernel.sh WORK
set -euo pipefail

# In loading order. A kernel may have some of them built in.
drivers=(
  virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_console
  usb-common usbcore xhci-hcd xhci-pci usbserial ftdi_sio
)

say() { printf '# kernel: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 1
}

# Both set $image (the file vmlinuz-VERSION) and $modules (the directory VERSION).
image='' modules=''

find_installed() {
  local version
  for version in $(find /lib/modules/ -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null |
    sort -rV); do
    image=/boot/vmlinuz-$version modules=/lib/modules/$version
    [[ ! -r $image || ! -d $modules/kernel ]] || return 0
  done
  return 1
}

download() { # DIRECTORY
  local package
  package=$(apt-cache depends linux-image-amd64 2>/dev/null |
    sed -n '0,/^ *Depends: \(linux-image-[^ ]*\)$/s//\1/p') || true
  [[ -n $package ]] || fail "no kernel is installed and apt knows no linux-image-amd64:" \
    "install that package, or run apt-get update"
  say "no kernel is installed; downloading $package to $1 (it will not be installed)"
  rm -rf "$1"
  mkdir -p "$1"
  (cd "$1" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download "$package") >&2 ||
    fail "cannot download $package: run apt-get update, or install linux-image-amd64"
  # Only where the drivers are: the whole package unpacks to 400 MB.
  dpkg-deb --fsys-tarfile "$1"/*.deb | tar -x -C "$1" --wildcards './boot/vmlinuz-*' \
    '*/modules.builtin' '*/kernel/drivers/usb' '*/kernel/drivers/virtio' \
    '*/kernel/drivers/char'
  image=$(echo "$1"/boot/vmlinuz-*)
  modules=$(find "$1" -name modules.builtin -printf '%h\n')
}

copy_driver() { # NAME DESTINATION
  local file
  file=$(find "$modules/kernel" -name "$1.ko*" -print -quit)
  case $file in
    *.ko) cp "$file" "$2/$1.ko" ;;
    *.ko.xz) xz -dc "$file" >"$2/$1.ko" ;;
    *.ko.zst) zstd -dqc "$file" >"$2/$1.ko" ;;
    *)
      grep -q "/$1\.ko$" "$modules/modules.builtin" || fail "$modules has no driver $1"
      return
      ;;
  esac
  printf '%s.ko\n' "$1" >>"$2/order"
}

[[ $# -eq 1 ]] || fail "usage: kernel.sh WORK"
kernel=$1/kernel
[[ ! -e $kernel/complete ]] || exit 0

find_installed || download "$1/kernel-package"
say "using $image"
rm -rf "$kernel"
mkdir -p "$kernel/modules"
cp "$image" "$kernel/vmlinuz"
for driver in "${drivers[@]}"; do
  copy_driver "$driver" "$kernel/modules"
done
rm -rf "$1/kernel-package"
touch "$kernel/complete"
