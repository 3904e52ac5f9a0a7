# The virtual machine of check_serial.sh: starting it, talking to the guest (guest.h) and
# to QEMU's monitor (QMP). Both channels are pairs of FIFOs, which bash can read with a
# time-out; no other program is needed for that. Sourced, not run.
#
# The caller sets: work (WORK directory), run (directory for FIFOs and sockets, with a
# short name: socket paths are limited to 107 bytes), and bail() (ends everything).
# shellcheck shell=bash disable=SC2154,SC2034,SC2054

declare -A exit_status=() # by tag, once a command has ended
declare -A passed=()      # by tag, number of TAP lines `ok` seen so far
control_in='' control_out='' monitor_in='' monitor_out=''

# Makes the FIFO pair $run/NAME.in, $run/NAME.out, as QEMU's `-chardev pipe` wants it.
# Both are opened for reading and writing here, which never blocks; QEMU inherits them, so
# that closing our writing end later makes its death visible as the end of NAME.out.
channel_make() { mkfifo "$run/$1.in" "$run/$1.out"; }

usb_device() { # ENDPOINT PORT
  printf 'usb-serial,id=usb-%s,chardev=usb-%s,serial=%s,bus=xhci.0,port=%s' \
    "$1" "$1" "$1" "$2"
}

# Expects the sockets $run/{usb,uart}-{iut,peer} to be listened on.
machine_start() { # LIMIT_SECONDS
  local keep_control keep_monitor arguments chardev
  channel_make control
  channel_make monitor
  exec {keep_control}<>"$run/control.out" {keep_monitor}<>"$run/monitor.out"
  exec {control_out}<"$run/control.out" {monitor_out}<"$run/monitor.out"
  exec {control_in}<>"$run/control.in" {monitor_in}<>"$run/monitor.in"

  arguments=(
    -accel "${SERIAL_ACCELERATOR:-tcg}" -cpu max -smp 2 -m 256
    -nodefaults -no-user-config -display none -no-reboot
    -kernel "$work/kernel/vmlinuz" -initrd "$work/initramfs"
    # The last options only save time: the guest is trusted and its clock is QEMU's.
    -append "console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable no_timer_check"
    -serial "file:$work/console.log"
    -chardev "pipe,id=monitor,path=$run/monitor" -mon chardev=monitor,mode=control
    -device virtio-serial-pci
    -chardev "pipe,id=control,path=$run/control"
    -device virtserialport,chardev=control,name=control
  )
  for chardev in uart-iut uart-peer usb-iut usb-peer; do
    arguments+=(-chardev "socket,id=$chardev,path=$run/$chardev")
  done
  arguments+=(
    -device isa-serial,chardev=uart-iut,iobase=0x2f8,irq=3
    # Not irq 4, its usual one: it would share it with the console.
    -device isa-serial,chardev=uart-peer,iobase=0x3e8,irq=5
    -device qemu-xhci,id=xhci
    -device "$(usb_device iut 1)" -device "$(usb_device peer 2)"
  )
  : >"$work/console.log"
  timeout --kill-after=5 "$1" qemu-system-x86_64 "${arguments[@]}" \
    </dev/null >"$work/qemu.log" 2>&1 &
  machine_pid=$!
  exec {keep_control}>&- {keep_monitor}>&-

  monitor '{"execute": "qmp_capabilities", "id": "start"}' '"id": "start"'
}

# Sends a QMP command and reads until a line matches PATTERN.
monitor() { # JSON PATTERN
  local line
  printf '%s\n' "$1" >&"$monitor_in"
  while IFS= read -r -t 10 -u "$monitor_out" line; do
    printf '%s\n' "$line" >>"$work/monitor.log"
    [[ $line != *'"error"'* ]] || bail "QEMU refuses $1: $line"
    [[ ! $line =~ $2 ]] || return 0
  done
  bail "QEMU does not answer $1"
}

usb_unplug() { # ENDPOINT
  monitor "{\"execute\": \"device_del\", \"arguments\": {\"id\": \"usb-$1\"}}" \
    "\"DEVICE_DELETED\".*\"usb-$1\""
}

usb_plug() { # ENDPOINT PORT
  monitor "{\"execute\": \"device_add\", \"id\": \"plug\", \"arguments\": {
    \"driver\": \"usb-serial\", \"id\": \"usb-$1\", \"chardev\": \"usb-$1\",
    \"serial\": \"$1\", \"bus\": \"xhci.0\", \"port\": \"$2\"}}" '"id": "plug"'
}

guest_send() { printf '%s\n' "$*" >&"$control_in"; }

# Starts a program in the guest; its output goes to $work/TAG.out and $work/TAG.err.
guest_start() { # TAG PROGRAM ARGUMENT...
  unset "exit_status[$1]"
  passed[$1]=0
  : >"$work/$1.out"
  : >"$work/$1.err"
  guest_send run "$@"
}

# Takes one answer of the guest. The whole line is in $answer.
guest_take() { # SECONDS
  local tag kind text
  IFS= read -r -t "$1" -u "$control_out" answer ||
    bail "no answer from the guest (it has died, or $1 s have passed)"
  read -r tag kind text <<<"$answer"
  case $kind in
    exit) exit_status[$tag]=$text ;;
    out | err)
      text=${answer#"$tag $kind "}
      printf '%s\n' "$text" >>"$work/$tag.$kind"
      [[ ! $text =~ ^\ *ok\ [0-9] ]] || passed[$tag]=$((${passed[$tag]} + 1))
      ;;
    file) guest_take_file "$tag" "${text%% *}" "${text#* }" ;;
  esac
}

# Until the guest is ready (TAG guest), the command TAG has ended, or it has passed COUNT
# cases. Every step has SECONDS in all.
guest_until() { # SECONDS TAG [COUNT]
  local deadline=$((SECONDS + $1)) answer=
  while [[ -z ${exit_status[$2]:-} && $answer != "$2 ready "* ]]; do
    ((${3:-0} == 0 || ${passed[$2]:-0} < ${3:-0})) || break
    ((SECONDS < deadline)) || bail "$2 has not finished in $1 s"
    guest_take $((deadline - SECONDS))
  done
}

# Waits until a file exists in the guest (`wait`) or does not (`gone`).
guest_path() { # SECONDS wait|gone PATH
  unset 'exit_status[path]'
  guest_send "$2" path "$3"
  guest_until "$1" path
}

# Copies a directory of the guest to $work/results/TAG. Nothing may run meanwhile.
guest_fetch() { # TAG DIRECTORY
  rm -rf "$work/results/$1"
  mkdir -p "$work/results/$1"
  unset "exit_status[$1]"
  guest_send get "$1" "$2"
  guest_until 30 "$1"
  [[ ${exit_status[$1]} == 0 ]]
}

guest_take_file() { # TAG SIZE NAME
  [[ $3 != /* && /$3/ != */../* ]] || bail "the guest names a file $3"
  mkdir -p "$(dirname "$work/results/$1/$3")"
  timeout 30 head -c "$2" <&"$control_out" >"$work/results/$1/$3"
}
