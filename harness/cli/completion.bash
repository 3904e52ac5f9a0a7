# Completion of wirecert for bash.
_wirecert() {
  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]:-} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='run list decode encode sim ports --help --version'
  else
    case $command in
    run) words='--bench --device --profile --cases --out --junit --json --expect --allow
      --seed --resume --strict --quiet --help' ;;
    list) words='--requirements --cases --json --help' ;;
    decode) words='--direction --json --help -o xbee' ;;
    encode) words='--json --help -o xbee' ;;
    sim) words='--pty --tcp --unix --stdio --set --mutant --seed --once --help
      xbee3-802154' ;;
    ports) words='--json --help' ;;
    esac
    case $command:$current in
    run:xbee* | list:xbee*)
      words=$(wirecert list 2>/dev/null | sed -n 's/^\([a-z][^ ]*\/[^ ]*\) .*/\1/p') ;;
    esac
  fi
  # shellcheck disable=SC2207
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}
complete -F _wirecert wirecert
