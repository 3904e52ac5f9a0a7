#!/usr/bin/env bash
# kill.sh: kill -9 at 20 random moments of a run. The journal stays readable, --resume
# finishes, no finished case is run again.
set -u
cd "$(dirname "$0")/../.." || exit 1
. harness/test/tap.sh
work=build/check/kill
rm -rf "$work"
mkdir -p "$work"
RANDOM=${SEED:-$$}
echo "# SEED=$RANDOM repeats these moments"

run() { build/wirecert run --quiet --out "$work/$1" ${2:-} xbee; }

verdicts() { # of a journal: id and verdict of each, in order
  grep -o '"verdict":"[a-z]*","case":"[^"]*"' "$1"
}

run whole >/dev/null || echo "# the whole run failed"
verdicts "$work/whole/run.journal" | sort >"$work/wanted"
size=$(stat -c %s "$work/whole/run.journal")

# Kills the run when its journal has grown to a random size: an event, not a time.
killed() { # NUMBER
  local at=$(((RANDOM * 32768 + RANDOM) % size)) pid now
  build/wirecert run --quiet --out "$work/$1" xbee >/dev/null 2>&1 & # not the shell's copy
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(stat -c %s "$work/$1/run.journal" 2>/dev/null || echo 0)
    [ "$now" -ge "$at" ] && break
  done
  kill -9 "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  [ -s "$work/$1/run.journal" ] || { run "$1" >/dev/null; return 0; }
  cp "$work/$1/run.journal" "$work/$1/killed.journal"
  run "$1" --resume >"$work/$1/tap" || { tail -3 "$work/$1/tap"; return 1; }
  verdicts "$work/$1/run.journal" | sort >"$work/$1/got"
  cmp "$work/wanted" "$work/$1/got" || return 1
  # What was there before the kill, up to its last whole line, is still there.
  local whole
  whole=$(grep -c '' "$work/$1/killed.journal")
  [ -z "$(tail -c1 "$work/$1/killed.journal")" ] || whole=$((whole - 1))
  cmp <(head -n "$whole" "$work/$1/killed.journal") <(head -n "$whole" "$work/$1/run.journal")
}

for number in $(seq 20); do
  point "killed and resumed, $number" killed "$number"
done
finish
