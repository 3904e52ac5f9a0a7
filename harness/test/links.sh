#!/usr/bin/env bash
# links.sh: the same cases give the same verdicts over every link, with real time.
set -u
cd "$(dirname "$0")/../.." || exit 1
. harness/test/tap.sh
work=$PWD/build/check/links
wirecert=$PWD/build/wirecert
rm -rf "$work"
mkdir -p "$work"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait' EXIT

bench() { # NAME IUT PEER
  printf 'bench: %s\nendpoints:\n  iut: {profile: xbee3-802154, link: "%s"}\n' "$1" "$2"
  printf '  peer: {profile: xbee3-802154, link: "%s"}\n' "$3"
} >"$work/$1.yaml"

# serve NAME PLACE...: two reference devices; returns when both places are ready.
serve() {
  local name=$1
  shift
  mkfifo "$work/$name.ready"
  $wirecert sim xbee3-802154 "$@" 2>"$work/$name.ready" &
  pids+=($!)
  exec {ready}<"$work/$name.ready"
  head -n 2 <&"$ready" >"$work/$name.places"
}

verdicts() { # of a report: id and verdict, sorted
  python3 -c 'import json, sys
for case in json.load(open(sys.argv[1]))["cases"]: print(case["id"], case["verdict"])' \
    "$1" | sort
}

agrees() { # NAME
  same 0 "${status[$1]}" || { tail -5 "$work/$1.err"; grep -A6 '^not ok' "$work/$1.tap"; return 1; }
  diff "$work/wanted" <(verdicts "$work/$1/report.json")
}

declare -A runs status
start() { # NAME
  $wirecert run --quiet --allow all --bench "$work/$1.yaml" --out "$work/$1" xbee \
    >"$work/$1.tap" 2>"$work/$1.err" &
  runs[$1]=$!
}

$wirecert run --quiet --out "$work/sim" xbee >"$work/sim.tap"
verdicts "$work/sim/report.json" >"$work/wanted"

serve pty --pty "$work/pty0" --pty "$work/pty1"
bench pty "pty:$work/pty0" "pty:$work/pty1"
serve unix --unix "$work/u0" --unix "$work/u1"
bench unix "unix:$work/u0" "unix:$work/u1"
serve tcp --tcp 127.0.0.1:0 --tcp 127.0.0.1:0
mapfile -t port < <(grep -oE 'tcp:127.0.0.1:[0-9]+' "$work/tcp.places")
bench tcp "${port[0]}" "${port[1]}"
# Two children cannot share a radio of their own: they pass on what two places say.
serve exec --unix "$work/x0" --unix "$work/x1"
bench exec "exec:socat - UNIX-CONNECT:$work/x0" "exec:socat - UNIX-CONNECT:$work/x1"

for link in pty unix tcp exec; do start $link; done
for link in pty unix tcp exec; do
  wait "${runs[$link]}"
  status[$link]=$?
done
for link in pty unix tcp exec; do point "the same verdicts over $link: as over sim:" agrees $link; done
finish
