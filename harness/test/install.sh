#!/usr/bin/env bash
# install.sh: what `make install` puts down can be used: the program with its cases, the
# library from a program of somebody else.
set -u
cd "$(dirname "$0")/../.." || exit 1
. harness/test/tap.sh
root=$PWD/build/check/install
rm -rf "$root"

installs() { make -s install PREFIX="$root"; }

elsewhere() { # the installed program, far from the source tree
  (cd / && "$root/bin/wirecert" run --quiet --out "$root/out" xbee/at >/dev/null)
}

example() {
  local flags
  flags=$(PKG_CONFIG_PATH=$root/lib/pkgconfig pkg-config --cflags --libs wirecert) &&
    # shellcheck disable=SC2086
    gcc -std=c17 -Wall -Wextra -Werror -o "$root/example" reference/test/example.c $flags &&
    same 'modem_status: hardware reset or power-up' "$("$root/example")"
}

headers() { # each public header compiles alone; a list is included by its header
  local header
  (cd "$root/include/wirecert" && find . -name '*.h' ! -name '*_list.h') | while read -r header; do
    printf '#include "%s"\n' "$header" |
      gcc -std=c17 -Wall -Wextra -Wpedantic -Werror -I"$root/include/wirecert" \
        -fsyntax-only -x c - || exit 1
  done
}

point 'make install' installs
point 'the installed program runs its cases' elsewhere
point 'a program uses the library through pkg-config' example
point 'every installed header stands alone' headers
finish
