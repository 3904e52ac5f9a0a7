#!/usr/bin/env bash
# lint.sh: format, clang-tidy, who may include whom, and the size of files. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. harness/test/tap.sh

sources() { git ls-files -co --exclude-standard -- '*.c' '*.h'; }

formatted() { sources | xargs clang-format --dry-run -Werror; }

tidy() {
  sources | grep '^reference/.*\.c$' | grep -v /test/ | xargs -P2 -n1 \
    sh -c 'clang-tidy --quiet "$@" -- -std=c17 -Ireference' tidy 2>build/lint.err &&
  sources | grep '^harness/.*\.c$' | grep -v /test/ | xargs -P2 -n1 \
    sh -c 'clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE -Ireference -Iharness \
      "-DWIRECERT_VERSION=\"0\"" "-DWIRECERT_DATA=\"/\""' tidy 2>>build/lint.err
}

# arrows DIRECTORY: the includes below it that point the wrong way, one a line.
#   reference/ includes nothing of harness/; wire/ and crypto/ nothing of the families,
#   the world or protocol.h; the world no family; a family no other family (cellular
#   builds on xbee's public headers); nobody another part's internal headers.
arrows() {
  local root=$1 file part include
  (cd "$root" && grep -rnE '^#include "' reference harness fuzz --include='*.[ch]' \
    2>/dev/null) | sed -E 's/^([^:]+):([0-9]+):#include "([^"]+)".*/\1 \2 \3/' |
  while read -r file line include; do
    wrong=''
    part=${file#reference/}
    part=${part%%/*}
    case $file in
    reference/test/* | harness/test/*) continue ;;
    reference/*)
      case $include in
      cli/* | case/* | run/* | link/* | report/* | campaign/*) wrong=harness ;;
      esac
      case $part in
      wire) case $include in wire/*) ;; *) wrong='beyond wire/' ;; esac ;;
      crypto) case $include in wire/* | crypto/*) ;; *) wrong='beyond wire/' ;; esac ;;
      world) case $include in wire/* | world/* | protocol.h) ;; *) wrong='a family' ;; esac ;;
      families.c) ;;
      *) case $include in
         wire/internal.h) wrong="the inside of wire/" ;;
         protocol.h | wire/* | crypto/* | "$part"/*) ;;
         xbee/internal* | xbee/module_*) wrong="the inside of xbee/" ;;
         xbee/*) [ "$part" = cellular ] || wrong='another family' ;;
         world/*) wrong='the world' ;;
         cellular/* | relay/* | ble/*) wrong='another family' ;;
         esac ;;
      esac ;;
    harness/* | fuzz/*)
      case $include in wire/internal.h) wrong='the inside of wire/' ;; esac
      # Only families.c and tests know a family by name.
      case $include in xbee/* | cellular/* | relay/* | ble/*)
        case $file in fuzz/*) ;; *) wrong='a family' ;; esac ;; esac ;;
    esac
    [ -z "$wrong" ] || echo "$file:$line: includes $include: $wrong"
  done
}

arrows_hold() {
  local found
  found=$(arrows .)
  [ -z "$found" ] || { printf '%s\n' "$found"; return 1; }
}

# The check itself: each planted violation must be found.
arrows_seen() {
  local tree pair file
  tree=$(mktemp -d)
  for pair in reference/wire/a.c:xbee/frame.h reference/xbee/a.c:run/run.h \
    reference/world/a.c:xbee/xbee.h reference/relay/a.c:xbee/frame.h \
    reference/xbee/a.c:wire/internal.h harness/run/a.c:xbee/frame.h; do
    file=${pair%%:*}
    rm -rf "${tree:?}"/*
    mkdir -p "$tree/$(dirname "$file")" "$tree/reference" "$tree/harness" "$tree/fuzz"
    printf '#include "%s"\n' "${pair##*:}" >"$tree/$file"
    [ -n "$(arrows "$tree")" ] || { echo "not found: $pair"; rm -rf "$tree"; return 1; }
  done
  rm -rf "$tree"
}

# Pure tables may be long; code is not.
short() {
  local long
  long=$(sources | grep -vE 'messages_|names\.c|_list\.h' | xargs wc -l |
    awk '$2 != "total" && $1 > 440 {print $2 ": " $1 " lines"}')
  [ -z "$long" ] || { printf '%s\n' "$long"; return 1; }
}

no_long_lines() {
  local long
  long=$(sources | xargs awk 'length > 100 {print FILENAME ":" FNR ": " length " columns"}')
  [ -z "$long" ] || { printf '%s\n' "$long" | head -20; return 1; }
}

scripts_sound() {
  local script
  for script in $(git ls-files -co --exclude-standard -- '*.sh' .ci/run); do
    bash -n "$script" || return 1
  done
}

mkdir -p build
point 'clang-format' formatted
point 'clang-tidy' tidy
point 'includes point the right way' arrows_hold
point 'a wrong include is found' arrows_seen
point 'files are short' short
point 'lines are short' no_long_lines
point 'shell scripts parse' scripts_sound
finish
