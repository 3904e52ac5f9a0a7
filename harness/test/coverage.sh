#!/usr/bin/env bash
# coverage.sh: what unit tests and cases reach, as a table per directory and as HTML.
set -eu
cd "$(dirname "$0")/../.."
work=build/coverage/profile
rm -rf "$work"
mkdir -p "$work"
export LLVM_PROFILE_FILE="$PWD/$work/%p.profraw" CMOCKA_MESSAGE_OUTPUT=TAP
objects=()
for test in build/coverage/{reference,harness}/test/test_*; do
  [ -x "$test" ] || continue
  case $test in *.d) continue ;; esac
  "$test" >"$work/${test##*/}.tap" 2>&1 || echo "failed: $test"
  objects+=(-object "$test")
done
build/coverage/wirecert run --quiet --out "$work/out" >/dev/null
llvm-profdata merge -o "$work/all.profdata" "$work"/*.profraw
sources() { find reference harness -name '*.c' ! -path '*/test/*' ! -path 'harness/cli/*'; }
# shellcheck disable=SC2046
llvm-cov show -format=html -output-dir=build/coverage/html -instr-profile="$work/all.profdata" \
  build/coverage/wirecert "${objects[@]}" $(sources) >/dev/null
for directory in reference/wire reference/world reference/xbee harness/case harness/link \
  harness/report harness/run; do
  # shellcheck disable=SC2046
  llvm-cov report -instr-profile="$work/all.profdata" build/coverage/wirecert "${objects[@]}" \
    $(find "$directory" -name '*.c') 2>/dev/null |
    awk -v d="$directory" '/^TOTAL/ {printf "%-20s lines %s  branches %s\n", d, $10, $13}'
done
echo 'by line: build/coverage/html/index.html'
