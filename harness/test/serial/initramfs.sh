#!/bin/bash
# Packs what the guest holds in memory: process 1, the drivers, wirecert (static), the
# cases and the benches of this directory. Writes WORK/initramfs; needs WORK/kernel, which
# kernel.sh makes.
#
# usage: initramfs.sh WORK GUEST_INIT PROGRAM CASES
set -euo pipefail

fail() {
  printf '# initramfs: %s\n' "$*" >&2
  exit 1
}

# There is no dynamic loader in the guest, and the message of the kernel when it misses
# one ("No such file") tells nothing.
require_static() {
  [[ -x $1 ]] || fail "$1 is missing or not a program"
  ! readelf -lW "$1" | grep -q INTERP || fail "$1 is not linked statically"
}

[[ $# -eq 4 ]] || fail "usage: initramfs.sh WORK GUEST_INIT PROGRAM CASES"
work=$1 init=$2 program=$3 cases=$4
here=$(dirname "${BASH_SOURCE[0]}")

require_static "$init"
require_static "$program"
[[ -d $cases ]] || fail "$cases is not a directory"

root=$work/root
rm -rf "$root"
mkdir -p "$root"/{bin,bench,dev,proc,sys,tmp}
cp "$init" "$root/init"
cp "$program" "$root/bin/wirecert"
cp -r "$cases" "$root/cases"
cp -r "$work/kernel/modules" "$root/modules"
cp "$here"/bench-*.yaml "$root/bench/"

# Not compressed: unpacking in the emulator costs more than loading the larger file.
(cd "$root" && find . -mindepth 1 -print0 | sort -z |
  cpio --quiet --null --create --format=newc --owner=0:0) >"$work/initramfs"
