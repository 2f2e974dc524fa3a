#!/usr/bin/env bash
# no_locked_instructions.sh none|some PROGRAM LIST: looks at the functions of the list and demands that
# they have no locked instruction, or (to show that it can see them) that they have some.
set -euo pipefail

demand=$1 program=$2 list=$3

# Locked on x86: everything with the prefix, an exchange with memory even without it, and a fence.
found=$(objdump -d -C --no-show-raw-insn "$program" | awk -v list="$list" '
  BEGIN { while ((getline line < list) > 0) if (line !~ /^(#|$)/) wanted[line] = 0 }
  /^[0-9a-f]+ <.*>:$/ {
    name = $0; sub(/^[0-9a-f]+ </, "", name); sub(/>:$/, "", name); sub(/\(.*/, "", name)
    looking = 0
    for (pattern in wanted) if (name ~ pattern) { looking = 1; wanted[pattern]++ }
  }
  looking && /\t(lock |xchg .*\(|[lms]fence)/ { sub(/^ *[0-9a-f]+:\t/, ""); print name ": " $0 }
  END { for (pattern in wanted) if (!wanted[pattern]) print "no function matches " pattern }')

case $demand in
  none) [[ -z $found ]] ;;
  some) [[ -n $found && $found != *"no function matches"* ]] ;;
esac || {
  printf 'locked instructions in the hot paths of %s, where %s should be:\n%s\n' "$program" "$demand" "$found"
  exit 1
}
