#!/usr/bin/env bash
# bench [--design D] [--filter REGEX] [--repeat N] [...] : run the micro benchmarks
#
#   --design D       the benchmarks of another design than ft
#   --filter REGEX   only those whose name matches
#   --repeat N       each N times, interleaved at random, and report medians: 15 for a figure to quote
#   --json FILE      what Google Benchmark reports, as {"bench_memory": {...}, "bench_runtime": {...}}
#
# For figures worth quoting take ratios within one run: this machine is never as quiet as it seems.

command_bench() {
  local design=ft filter=. json='' repeat=1 value program programs
  while (($#)); do
    case $1 in
      --design) take_value "$@" && need_design "$value" && design=$value && shift ;;
      --filter) take_value "$@" && filter=$value && shift ;;
      --repeat) take_value "$@" && repeat=$value && shift ;;
      --json) take_value "$@" && json=$value && shift ;;
      *) refuse "bench does not know '$1'; ./dev bench --help says what it knows" ;;
    esac
    shift
  done

  [[ $repeat =~ ^[1-9][0-9]*$ ]] || refuse "--repeat wants a whole number, not '$repeat'"
  local how=()
  ((repeat == 1)) || how=("--benchmark_repetitions=$repeat" --benchmark_enable_random_interleaving=true
    --benchmark_report_aggregates_only=true)

  step "Benchmarks of $design, optimized"
  build release "benches_$design"
  mapfile -t programs < <(bench_programs "$design")
  ((${#programs[@]} > 0)) || refuse "$design has no benchmarks"
  for program in "${programs[@]}"; do
    "$program" --benchmark_filter="$filter" "${how[@]+"${how[@]}"}" \
      --benchmark_out="build/$(basename "$program").json" || fail "$program"
  done
  [[ -z $json ]] || join_reports "${programs[@]}" >"$json" || fail "writing $json"
  good "Done.${json:+ All figures are in $json.} Next: ./dev run compares what matters, in words"
}

# One JSON object with the report of each program under its name.
join_reports() {
  local program name comma=''
  printf '{'
  for program in "$@"; do
    name=$(basename "$program")
    printf '%s\n"%s": ' "$comma" "$name"
    cat "build/$name.json"
    comma=,
  done
  printf '}\n'
}
