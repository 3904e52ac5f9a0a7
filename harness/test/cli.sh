#!/usr/bin/env bash
# cli.sh: what users and scripts rely on at the command line. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. harness/test/tap.sh
wirecert=build/wirecert
work=build/check/cli
rm -rf "$work"
mkdir -p "$work"

json_field() { # JSON-LINE FIELD: the value of a field by name, by the project's own JSON
  printf '%s\n' "$1" | grep -o "{\"name\":\"$2\"[^}]*}" | sed 's/.*"value":\([^,}]*\).*/\1/'
}

decodes_design_example() {
  local line
  line=$($wirecert decode xbee --json --direction out \
    '7E 00 14 2E 00 13 A2 00 12 34 56 78 00 0B B8 50 41 53 53 57 4F 52 44 D2') || return 1
  same 3000 "$(json_field "$line" timeout)" &&
    same '"PASSWORD"' "$(json_field "$line" password)" &&
    printf '%s' "$line" | grep -q '"text":"300 s"' &&
    printf '%s' "$line" | grep -q \
      '^{"ok":true,"message":"secure_session_control","type":"2E","direction":"out"'
}

error_line() { # HEX CODE OFFSET
  local line
  line=$(printf '%s\n' "$1" | $wirecert decode xbee --json)
  [ $? -eq 1 ] || { echo "exit status should be 1: $line"; return 1; }
  printf '%s' "$line" | grep -q "\"ok\":false,\"error\":{\"code\":\"$2\",\"offset\":$3" ||
    { echo "$line"; return 1; }
}

# Every documented frame of the cases: decode | encode gives the bytes again.
round_trip() { # AP
  grep -rhoE "^ +bytes: [0-9A-F ]+$" cases/xbee | sed 's/.*bytes: //' |
    $wirecert decode xbee -o ap="$1" --json 2>/dev/null | grep '"ok":true' >"$work/fields"
  [ "$(wc -l <"$work/fields")" -gt 200 ] || { wc -l "$work/fields"; return 1; }
  $wirecert encode xbee -o ap="$1" --json - <"$work/fields" >"$work/hex" || return 1
  $wirecert decode xbee -o ap="$1" --json <"$work/hex" >"$work/again" || return 1
  cmp "$work/fields" "$work/again"
}

names_only() {
  same '7E 00 04 08 01 4E 49 5F' "$($wirecert encode xbee at_command command=NI)" &&
    same '7E00028A0273' "$(echo \
      '{"message":"modem_status","fields":[{"name":"status","value":2}]}' |
      $wirecert encode xbee --json)"
}

split_stream() {
  same 2 "$(printf '7E 00 04 08\n01 4E 49 5F 7E 00\n02 8A 02 73\n' |
    $wirecert decode xbee | grep -cE '^(at_command|modem_status) ')"
}

seed_and_journal() {
  $wirecert run --quiet --seed 7 --out "$work/a" xbee >/dev/null
  $wirecert run --quiet --seed 7 --out "$work/b" xbee >/dev/null
  cmp "$work/a/run.journal" "$work/b/run.journal"
}

interrupted() { # SIGINT in the middle of a run over a real link: reports, exit 3
  local pid status
  mkfifo "$work/tap"
  $wirecert run --quiet --out "$work/int" --device "exec:$wirecert sim xbee3-802154 --stdio" \
    --profile xbee3-802154 xbee >"$work/tap" 2>"$work/int.err" &
  pid=$!
  grep -m1 '^ok 20 ' "$work/tap" >/dev/null && kill -INT "$pid"
  wait "$pid"
  status=$?
  same 3 "$status" || { cat "$work/int.err"; return 1; }
  grep -q '"end":"interrupted"' "$work/int/run.journal" &&
    xmllint --noout --schema reports/schema/junit.xsd "$work/int/junit.xml" &&
    $wirecert run --quiet --resume --out "$work/int" \
      --device "exec:$wirecert sim xbee3-802154 --stdio" \
      --profile xbee3-802154 xbee >/dev/null
}

# Ctrl-C in the middle of a case that has changed a setting: it is put back first.
puts_back() {
  local cases=$work/cases out=$work/back pid status
  mkdir -p "$cases/xbee" "$cases/profiles" "$out"
  cp cases/profiles/xbee3-802154.yaml "$cases/profiles"
  cp cases/xbee/requirements.yaml cases/xbee/at.yaml "$cases/xbee"
  printf '%s\n' 'family: xbee' 'cases:' '  - id: xbee/test/waits' '    purpose: waits' \
    '    covers: [AT-SET]' '    steps:' '      - at: {NI: "changed"}' '      - wait: 60 s' \
    '      - sentinel: ~' >"$cases/xbee/test.yaml"
  mkfifo "$out/said"
  $wirecert run --quiet --cases "$cases" --out "$out/run" --profile xbee3-802154 --device \
    "exec:$wirecert sim xbee3-802154 --stdio --set NI=before" xbee/test >"$out/tap" 2>&1 &
  pid=$!
  # The journal tells when the case waits.
  until grep -q '"iut wait' "$out/run/run.journal" 2>/dev/null; do :; done
  kill -INT "$pid"
  wait "$pid"
  status=$?
  same 3 "$status" || { cat "$out/tap"; return 1; }
  # 08 id NI "before": the last setting that was sent
  grep -o '"out":"7E000A08..4E496265666F7265' "$out/run/run.journal" | tail -n1 | grep -q .
}

device() { # STATUS NAME URI
  exits "$1" $wirecert run --quiet --out "$work/$2" --device "$3" \
    --profile xbee3-802154 xbee/at >"$work/$2.tap"
}

dead_device() { device 3 "$@"; }

small() { [ "$(stat -c %s "$1")" -lt 50000000 ]; }

helps() {
  local command
  for command in run list decode encode sim ports; do
    $wirecert $command --help | grep -q '^Usage: wirecert ' || { echo "$command"; return 1; }
  done
  $wirecert --help | grep -q Usage && $wirecert --version | grep -q '^wirecert [0-9]'
}

rotten() { # YAML STATUS TEXT
  printf '%b' "$1" >"$work/expect.yaml"
  $wirecert run --out "$work/x" --expect "$work/expect.yaml" xbee/at >"$work/x.tap" 2>"$work/x.err"
  same "$2" $? && grep -q "$3" "$work/x.tap" "$work/x.err" && return
  cat "$work/x.err"
  return 1
}

point 'decode gives what the design says' decodes_design_example
point 'wrong checksum' error_line '7E 00 02 8A 00 76' checksum 5
point 'truncated' error_line '7E 00 02 8A' truncated 4
point 'wrong delimiter' error_line '73 00 02 8A 00 75' delimiter 0
point 'unknown frame type' error_line '7E 00 02 02 00 FD' unknown_type 3
point 'unreadable token of a documented example' error_line \
  '7E 00 16 10 01 00 00 00 00 00 00 00 00 FF FE 00 00 54 78 032 43 6F 6F 72 64 FC' unfit 59
point 'decode then encode gives the same bytes, AP=1' round_trip 1
point 'decode then encode gives the same bytes, AP=2' round_trip 2
point 'names and values are enough to encode' names_only
point 'a stream in pieces is one stream' split_stream
point 'same seed, same journal' seed_and_journal
point 'Ctrl-C leaves reports and can be resumed' interrupted
point 'Ctrl-C puts settings back first' puts_back
point 'a device that never answers' dead_device silent 'exec:sh -c "cat >/dev/null"'
point 'a device that only echoes' device 1 echo 'exec:cat'
point 'a device that dies' dead_device dies 'exec:head -c 9'
point 'a device that never stops sending' device 1 flood 'exec:yes'
point 'a flood does not fill the disk' small "$work/flood/run.journal"
point 'a device that is not there' dead_device absent 'unix:/nonexistent/socket'
point 'every command has help' helps
point 'nothing selected is a usage error' exits 2 $wirecert run --quiet xbee/no-such-thing
point 'an unknown option is a usage error' exits 2 $wirecert run --no-such-option
point 'an unknown family is a usage error' exits 2 $wirecert decode no-such-family 7E
point 'an expected failure that passes fails the run' rotten \
  'expected:\n  - case: xbee/at/query\n    message: nothing\n    reason: test\n' 1 'it passes'
point 'an expected failure of an unknown case is a mistake' rotten \
  'expected:\n  - case: xbee/at/qery\n    message: x\n    reason: test\n' 2 "did you mean 'xbee/at/query'"
finish
