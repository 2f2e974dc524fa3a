#!/usr/bin/env bash
# stress [run|list|replay TOKEN|--seconds N|...] : try to break it
#
# With a word, orochi-stress: races written once, on real threads and in every schedule.
#
#   list [FILTER...]          what there is, one question each
#   run [FILTER...]           hammer and explore it; --time 5m, --profile gate, ...
#   replay TOKEN              the schedule that a failure named, step by step
#   report, help              reports of a run; all its options
#
# Without, every stress test under a sanitizer, orochi-stress's scenarios among them:
#
#   --tsan, --asan, --plain   under ThreadSanitizer (unless said otherwise), AddressSanitizer, or neither
#   --seconds N               for each test; 10 unless said otherwise
#   --design D                one design instead of ft and ft_system
#   --filter REGEX            only tests whose name matches

command_stress() {
  case ${1:-} in
    list | run | replay | report | help) stress_tool "$@" ;;
    *) stress_tests "$@" ;;
  esac
}

stress_tool() {
  local design=ft i
  for ((i = 1; i <= $#; i++)); do
    case ${!i} in
      --design=*) design=${!i#--design=} ;;
      --design) i=$((i + 1)) && design=${!i:-} ;;
    esac
  done
  need_design "$design"
  local runners=("stress_hammer_$design")
  grep -w -- "$design" <<<"$(sed -n 's/.*set(OROCHI_EXPLORER_DESIGNS \(..*\))/\1/p' cmake/Explorer.cmake)" \
    >/dev/null && runners+=("stress_explorer_$design")
  build release orochi_stress "${runners[@]}"
  exec build/release/bin/orochi-stress "$@"
}

stress_tests() {
  local preset=tsan seconds=10 designs=(ft ft_system) filter=. value began=$SECONDS
  while (($#)); do
    case $1 in
      --tsan | --asan) preset=${1#--} ;;
      --plain) preset=release ;;
      --seconds) take_value "$@" && seconds=$value && shift ;;
      --design) take_value "$@" && need_design "$value" && designs=("$value") && shift ;;
      --filter) take_value "$@" && filter=$value && shift ;;
      *) refuse "stress does not know '$1'; ./dev stress --help says what it knows" ;;
    esac
    shift
  done
  [[ $seconds =~ ^[0-9]+$ && $seconds != 0 ]] || refuse "--seconds wants a whole number, not '$seconds'"

  step "Stress: ${designs[*]}, $preset, $seconds s for each test"
  build "$preset" "${designs[@]/#/stress_}"
  local labels test_timeout=$((seconds * 10 + 300))
  labels=$(IFS='|' && say "${designs[*]}")
  OROCHI_STRESS_SECONDS=$seconds run_ctest "$preset" -L '^stress$' -L "^($labels)\$" -R "$filter" ||
    fail "a stress test found something, see above; OROCHI_STRESS_SECONDS=$seconds $(build_folder "$preset")/bin/stress_... runs it alone"
  good "Nothing broke in $(since "$began"). Next: ./dev stress run explores every schedule"
}
