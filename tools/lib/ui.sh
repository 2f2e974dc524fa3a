# How ./dev speaks: plain lines, colour only on a terminal, errors in one line on stderr.

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  on_terminal=1 bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
  on_terminal='' bold='' green='' red='' plain=''
fi

say() { printf '%s\n' "$*"; }
step() { printf '%s%s%s\n' "$bold" "$*" "$plain"; }
good() { printf '%s%s%s\n' "$green" "$*" "$plain"; }

# Something that was asked for did not succeed.
fail() {
  printf '%sfailed:%s %s\n' "$red" "$plain" "$*" >&2
  exit 1
}

# It cannot even begin: asked wrongly, or something is missing that only the user can supply.
refuse() {
  printf './dev: %s\n' "$*" >&2
  exit 2
}

# Sets `value` to the value of option $1, which stands in $2.
take_value() {
  [[ -n ${2:-} ]] || refuse "$1 wants a value"
  value=$2
}

# Seconds since $1 (a value of SECONDS) in words.
since() {
  local passed=$((SECONDS - $1))
  if ((passed < 60)); then
    say "$passed s"
  else
    say "$((passed / 60)) min $((passed % 60)) s"
  fi
}

# Ctrl-C stops whatever runs; what was made so far stays.
trap 'printf "\n./dev: interrupted; what is built so far stays\n" >&2; exit 130' INT

# Options that every command knows are taken here; the rest is left in `remaining`.
may_install=1
remaining=()
take_common_options() {
  local argument
  for argument in "$@"; do
    case $argument in
      --no-install) may_install='' ;;
      *) remaining+=("$argument") ;;
    esac
  done
}
