#!/usr/bin/env bash
# What orochi-stress answers to those who ask it, from outside.    exit_codes.sh PROGRAM HAS_EXPLORER
set -uo pipefail

program=$1 has_explorer=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
wrong=0

# expect <status> <extended regular expression> <argument>...
expect() {
  local status=$1 pattern=$2 said got=0
  shift 2
  said=$("$program" "$@" 2>&1) || got=$?
  if ((got != status)) || ! grep -Eq -- "$pattern" <<<"$said"; then
    printf 'orochi-stress %s\n  ended with %s instead of %s, and said:\n%s\n' "$*" "$got" "$status" "$said"
    wrong=1
  fi
}

expect 0 'orochi-stress run' help
expect 0 '^publication .*May a reader see' list
expect 2 "did you mean 'run'" rnu
expect 2 "no scenario matches 'nothing_like_it'" run nothing_like_it
expect 2 'not built' list --design no_such_design
expect 2 'cannot read' report "$folder/no_such_log"
expect 0 '^passed: 1 scenario' run publication --no-calibration --time 1s --only hammer --out "$folder"
expect 0 '^passed: 1 scenario' report --merge "$folder" "$folder" --out "$folder/both"
for report in results.log results.json junit.xml report.html; do
  [[ -s $folder/$report ]] || { echo "$report is missing" && wrong=1; }
done

if [[ $has_explorer == no ]]; then
  expect 2 'has no explorer in this build' replay nonsense
else
  expect 2 'is not a token' replay nonsense
  token=$("$(dirname "$program")"/stress_explorer_ft run publication/flag_first | sed -n 's/^token\t[^\t]*\t//p')
  for _ in 1 2 3; do
    expect 1 'FORBIDDEN   1, 0: the flag was seen before its value' replay "$token"
  done
  expect 2 'leads nowhere' replay "publication/flag_first:nonsense"
fi

"$program" run publication --no-calibration --time 60s --out "$folder" >"$folder/said" 2>&1 &
sleep 2
kill -INT $!
wait $!
(($? == 130)) && grep -q '^hammered' "$folder/results.log" || { echo "an interrupt loses what was seen" && wrong=1; }
exit "$wrong"
