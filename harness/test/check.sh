#!/usr/bin/env bash
# check.sh: everything that `make check` checks, and one line at the end.
#
# Each check is a program that prints TAP. Its output is kept in build/check; here one
# line tells how it went, and what failed is shown.
set -u
cd "$(dirname "$0")/../.." || exit 1
out=build/check
rm -rf "$out"
mkdir -p "$out"
passed=0
failed=0

# one NAME COMMAND...: runs a check, counts its points, tells what failed.
one() {
  local name=$1 status good bad planned start=$SECONDS
  shift
  "$@" >"$out/$name.tap" 2>"$out/$name.err" </dev/null
  status=$?
  good=$(grep -c '^ok ' "$out/$name.tap")
  bad=$(grep '^not ok ' "$out/$name.tap" | grep -vc '# TODO')
  planned=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$out/$name.tap" | awk '{n += $1} END {print n + 0}')
  local points=$((good + $(grep -c '^not ok ' "$out/$name.tap")))
  # A check that dies, says nothing or stops half way is a failure of its own.
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  if [ "${planned:-0}" -ne "$points" ] || [ "$points" -eq 0 ]; then bad=$((bad + 1)); fi
  passed=$((passed + good))
  failed=$((failed + bad))
  if [ "$bad" -eq 0 ]; then
    printf 'ok    %-28s %5d passed  %4d s\n' "$name" "$good" $((SECONDS - start))
    return
  fi
  printf 'FAIL  %-28s %5d passed, %d failed, exit %d  (%s/%s.*)\n' "$name" "$good" "$bad" \
    "$status" "$out" "$name"
  grep -A12 '^not ok ' "$out/$name.tap" | head -60 | sed 's/^/    /'
  tail -15 "$out/$name.err" | sed 's/^/    /'
}

# tap DESCRIPTION COMMAND...: one TAP point from a command's exit status.
tap() {
  local what=$1
  shift
  echo 1..1
  if "$@" >&2; then echo "ok 1 - $what"; else echo "not ok 1 - $what"; return 1; fi
}

build() {
  tap "builds without warnings: $1" make -s -j2 VARIANT="$1" all tests
}

units() { # VARIANT [PREFIX...]: every unit test program of a variant
  local variant=$1 test name
  shift
  for test in build/"$variant"/reference/test/test_* build/"$variant"/harness/test/test_*; do
    [ -x "$test" ] || continue
    name=${test##*/}
    one "$name-$variant${1:+-${1##*/}}" "$@" "$test"
  done
}

export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

one build-gcc build release
one build-clang build clang
one build-asan build asan
units release
units asan
units release valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite
one cases-gcc build/release/wirecert run --quiet --out "$out/cases-gcc"
one cases-clang build/clang/wirecert run --quiet --out "$out/cases-clang"
one cases-asan build/asan/wirecert run --quiet --out "$out/cases-asan"
make -s all
for script in corpus cli reports links kill install; do
  one "$script" harness/test/"$script".sh
done
one lint harness/test/lint.sh
one serial make -s check-serial

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
