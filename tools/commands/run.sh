#!/usr/bin/env bash
# run : build, and measure what the mechanisms cost on this machine
#
# The rows of the table are in tools/run/table.txt.

command_run() {
  (($# == 0)) || refuse "run takes no arguments"
  local began=$SECONDS program programs report=build/run.csv
  step "Orochi: a runtime whose threads run side by side. Building it, then measuring what that costs."
  build release benches_ft
  mapfile -t programs < <(bench_programs ft)
  ((${#programs[@]} > 0)) || refuse "there are no benchmarks in build/release/bin; is libbenchmark-dev there?"

  say "Measuring on $(nproc) cores ($(cpu_name)); about a minute"
  : >"$report"
  for program in "${programs[@]}"; do
    measure "$program" >>"$report" || fail "$program"
  done
  say ""
  awk -f tools/run/table.awk tools/run/table.txt "$report"
  say ""
  good "Measured in $(since "$began"). Next: ./dev test, ./dev stress, ./dev bench for all figures"
}

# The median of five runs of each benchmark in the table, with all of them in random order, so that a
# neighbour's load hits all alike.
measure() {
  "$1" --benchmark_filter="$(table_filter)" --benchmark_repetitions=5 --benchmark_min_time=0.1 \
    --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true \
    --benchmark_format=csv 2>build/run.log || {
    cat build/run.log >&2
    return 1
  }
}

# Every benchmark that the table names, as a regular expression.
table_filter() {
  awk -F ' *[|] *' '!/^(#|$)/ { print $1; if ($3) print $3 }' tools/run/table.txt | sort -u | paste -sd'|' |
    sed 's/.*/^(&)(\/real_time|\/process_time|\/manual_time)*$/'
}
