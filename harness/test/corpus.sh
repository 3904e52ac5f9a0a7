#!/usr/bin/env bash
# corpus.sh: every fuzz target replays its seeds under ASan and UBSan. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. harness/test/tap.sh
mkdir -p build/asan/fuzz

replays() { # TARGET
  clang -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -g -O1 \
    -fsanitize=address,undefined -fno-sanitize-recover=all -Ireference \
    -o build/asan/fuzz/"$1" fuzz/"$1"_fuzzer.c fuzz/standalone.c build/asan/libwirecert.a &&
    build/asan/fuzz/"$1" corpus/"$1"
}

make -s VARIANT=asan build/asan/libwirecert.a
for fuzzer in fuzz/*_fuzzer.c; do
  target=$(basename "$fuzzer" _fuzzer.c)
  point "seeds of $target" replays "$target"
done
finish
