# tap.sh: TAP from shell scripts. Source it, call point for each check, then finish.
# shellcheck shell=bash

tap_count=0
tap_failed=0

# point DESCRIPTION COMMAND...: passes if the command does. Its output is shown as
# comments when it does not.
point() {
  local what=$1 output
  shift
  tap_count=$((tap_count + 1))
  if output=$("$@" 2>&1); then
    echo "ok $tap_count - $what"
  else
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $what"
    printf '%s\n' "$output" | tail -30 | sed 's/^/# /'
  fi
}

finish() {
  echo "1..$tap_count"
  exit $((tap_failed > 0))
}

# same A B: compares two texts and shows both when they differ.
same() {
  [ "$1" = "$2" ] && return
  printf 'expected: %s\ngot:      %s\n' "$1" "$2"
  return 1
}

# exits STATUS COMMAND...
exits() {
  local wanted=$1 got
  shift
  "$@"
  got=$?
  [ "$got" -eq "$wanted" ] && return
  echo "exit status $got, not $wanted: $*"
  return 1
}
