#!/bin/bash
# make check-serial: wirecert on real serial drivers, without hardware. A Debian kernel in
# QEMU sees two USB serial adapters (FTDI) and two 16550 ports; behind each is a reference
# device, which `wirecert sim` serves on the host. Prints TAP; exit status 0 or 1.
#
# usage: check_serial.sh [--program FILE] [--guest-program FILE] [--guest-init FILE]
#                        [--cases DIRECTORY] [--work DIRECTORY]
#
# The guest's program and process 1 must be static. Everything written, logs and journals
# included, stays in WORK. SERIAL_ACCELERATOR=kvm uses hardware acceleration.
set -euo pipefail
shopt -s nullglob

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=build/wirecert
guest_program=build/wirecert-static
guest_init=build/serial/guest_init
cases=cases
work=build/serial
while (($# > 1)); do
  case $1 in
    --program) program=$2 ;;
    --guest-program) guest_program=$2 ;;
    --guest-init) guest_init=$2 ;;
    --cases) cases=$2 ;;
    --work) work=$2 ;;
    *) break ;;
  esac
  shift 2
done
(($# == 0)) || { echo "check_serial.sh: unknown or incomplete option $1" >&2 && exit 2; }

# --- The command lines of wirecert, all in one place ------------------------------------

# Serves two reference devices that share one radio. It must write a line, to either
# stream, once both sockets are listened on; SIGTERM ends it.
sim_command() { # SOCKET_OF_IUT SOCKET_OF_PEER
  exec timeout --kill-after=5 "$limit" \
    "$program" sim xbee3-802154 --unix "$1" --unix "$2"
}

certify() { # TAG BENCH OUT [--resume]
  guest_start "$1" wirecert run xbee --allow all --bench "/bench/bench-$2.yaml" --out "/tmp/$3" "${@:4}"
}

# Every line of a journal is a record; of a killed run the last may be cut short.
report_command() { # JOURNAL
  python3 -c 'import json, sys
for line in open(sys.argv[1]):
    if line.endswith("\n"): json.loads(line)' "$1"
}

# --- Time-outs in seconds: how long a thing may take at worst, not how long it takes ----

limit=600      # the whole check, should this script be killed
boot_limit=60  # usually 5
run_limit=240  # one run of the table
lost_limit=30  # from pulling the device out to the end of the run
plug_limit=15  # from plugging it in to the name in /dev

# --- TAP, clean-up ----------------------------------------------------------------------

number=0 failures=0

report() { # STATUS TEXT
  local word=ok
  number=$((number + 1))
  [[ $1 == 0 ]] || { word='not ok' && failures=$((failures + 1)); }
  printf '%s %d - %s\n' "$word" "$number" "$2"
}
check() { # TEXT COMMAND...
  local status=0
  "${@:2}" || status=1
  report "$status" "$1"
}
note() { printf '# %s\n' "$*" >&2; }
now() { printf '%s' "${EPOCHREALTIME/./}"; }
took() { # START_MICROSECONDS
  local tenths=$((($(now) - $1) / 100000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

show_logs() {
  local log
  for log in "$work"/{console,qemu,monitor,sim-usb,sim-uart}.log "$work"/*.{out,err}; do
    [[ -s $log ]] || continue
    note "--- $log: failures, then its end"
    { grep -m 10 '^ *not ok' "$log" || true; } | sed 's/^/#   /' >&2
    tail -n 15 "$log" | sed 's/^/#   /' >&2
  done
}

bail() {
  printf 'Bail out! %s\n' "$*"
  failures=1
  exit 1
}

# Ends what still runs. QEMU and the simulators run under timeout(1), which passes SIGTERM
# on and kills after 5 s, so `wait` is bounded too.
clean_up() {
  local status=$? pid IFS=$' \n' # a signal may come in the middle of `IFS= read`
  trap - EXIT
  for pid in $(jobs -rp); do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$run"
  ((failures == 0 && status == 0)) || show_logs
  exit "$status"
}

# --- The simulators ---------------------------------------------------------------------

# Starts a pair of reference devices and waits until they say that they listen.
sim_start() { # PORT (usb or uart)
  local log=$work/sim-$1.log output line
  mkfifo "$run/sim-$1.output"
  (sim_command "$run/$1-iut" "$run/$1-peer") </dev/null >"$run/sim-$1.output" 2>&1 &
  sim_pids[$1]=$!
  exec {output}<"$run/sim-$1.output"
  IFS= read -r -t 10 -u "$output" line || bail "the $1 simulator does not start: $line"
  printf '%s\n' "$line" >"$log"
  cat <&"$output" >>"$log" & # ends with the simulator
  exec {output}<&-
  [[ -S $run/$1-iut && -S $run/$1-peer ]] || bail "the $1 simulator says only: $line"
}

sim_stops() { # PORT
  local status=0
  kill "${sim_pids[$1]}" 2>/dev/null || true
  wait "${sim_pids[$1]}" || status=$?
  [[ $status == 0 || $status == 143 ]] # 143: the shell's word for SIGTERM
}

# --- What is checked --------------------------------------------------------------------

ended_with() { # TAG STATUS
  [[ ${exit_status[$1]} == "$2" ]] || {
    note "$1 has exit status ${exit_status[$1]}, not $2"
    return 1
  }
}
contains() { grep -q -- "$2" "$1"; }               # FILE PATTERN
same() { diff -u "$1" "$2" >&2; }

# The names of the cases that passed (or were skipped) in the TAP output of runs.
passed_cases() { # TAG...
  local tag
  for tag in "$@"; do
    sed -nE 's/^ *ok [0-9]+ -? ?//; T; s/ +#.*//; p' "$work/$tag.out"
  done | sort -u
}

# What was in the journals before must still be there afterwards.
journals_kept() { # TAG_BEFORE TAG_AFTER
  local journal before=("$work/results/$1"/*.journal)
  ((${#before[@]} > 0)) || return 1
  for journal in "${before[@]}"; do
    [[ -s $journal ]] || return 1
    cmp -n "$(stat -c %s "$journal")" "$journal" \
      "$work/results/$2/${journal##*/}" >&2 || return 1
  done
}

journals_readable() { # TAG
  local journal journals=("$work/results/$1"/*.journal)
  ((${#journals[@]} > 0)) || return 1
  for journal in "${journals[@]}"; do
    report_command "$journal" >/dev/null || return 1
  done
}

# --- The check --------------------------------------------------------------------------

# shellcheck source-path=SCRIPTDIR source=machine.sh
. "$here/machine.sh"
mkdir -p "$work"
rm -rf "$work"/{results,*.out,*.err,*.log}
run=$(mktemp -d "${TMPDIR:-/tmp}/wirecert-serial.XXXXXX")
declare -A sim_pids=()
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

[[ -x $program ]] || bail "$program is missing"
"$here/kernel.sh" "$work" || bail "no kernel for the guest"
"$here/initramfs.sh" "$work" "$guest_init" "$guest_program" "$cases" ||
  bail "no initramfs for the guest"

echo "TAP version 13"
started=$(now)
sim_start usb
sim_start uart
machine_start "$limit"
guest_until "$boot_limit" guest
for path in /dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_{iut,peer}-if00-port0 \
  /dev/ttyS1 /dev/ttyS2; do
  guest_path "$plug_limit" wait "$path"
done
report 0 "the guest has its four ports"
note "boot: $(took "$started")"

guest_start ports wirecert ports
guest_until 30 ports
for path in ttyUSB0 ttyUSB1 ttyS1 ttyS2; do
  check "wirecert ports lists $path" contains "$work/ports.out" "/dev/$path"
done

# Both at once: the benches have nothing in common, and the time is spent waiting.
both=$(now)
certify usb usb usb
certify uart uart uart
guest_until "$run_limit" usb
guest_until "$run_limit" uart
note "the table on both kinds of port: $(took "$both")"
check "every case passes over USB (ftdi_sio)" ended_with usb 0
check "every case passes over the 16550 (8250)" ended_with uart 0
passed_cases usb >"$work/usb.cases"
passed_cases uart >"$work/uart.cases"
check "at least two cases have run" test "$(wc -l <"$work/usb.cases")" -gt 1
check "the same cases pass over both" same "$work/usb.cases" "$work/uart.cases"

# The device is pulled out as soon as half of the cases have passed: in the next case.
certify cut usb cut
guest_until "$run_limit" cut $((passed[usb] / 2))
[[ -z ${exit_status[cut]:-} ]] || bail "the run has ended before the device was pulled out"
pulled=$(now)
usb_unplug iut
guest_until "$lost_limit" cut
note "from pulling the device out to the end of the run: $(took "$pulled")"
check "pulled out in the middle: inconclusive, exit 3" ended_with cut 3
check "the cases until then are in the output" test "${passed[cut]}" -ge $((passed[usb] / 2))
guest_fetch cut-before /tmp/cut || bail "the guest does not give its files"
guest_path "$plug_limit" gone /dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_iut-if00-port0

usb_plug iut 1
guest_path "$plug_limit" wait /dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_iut-if00-port0
resumed=$(now)
certify resumed usb cut --resume
guest_until "$run_limit" resumed
note "the resumed run: $(took "$resumed")"
check "plugged in again: --resume finishes, exit 0" ended_with resumed 0
passed_cases cut resumed >"$work/resumed.cases"
check "nothing lost: both parts together hold every case" \
  same "$work/usb.cases" "$work/resumed.cases"

guest_fetch cut-after /tmp/cut || bail "the guest does not give its files"
check "nothing lost: the journal still holds the first part" \
  journals_kept cut-before cut-after
for tag in usb uart; do
  guest_fetch "$tag" "/tmp/$tag" || bail "the guest does not give its files"
done
for tag in usb uart cut-before cut-after; do
  check "the journal of $tag can be read without the device" journals_readable "$tag"
done

guest_send off
wait "$machine_pid" || bail "the guest did not power off"
for port in usb uart; do
  check "the $port simulator ends when told" sim_stops "$port"
done
printf '1..%d\n' "$number"
note "everything: $(took "$started")"
((failures == 0))
