#!/usr/bin/env bash
# stress [--tsan|--asan|--plain] [--seconds N] [...] : race the mechanisms for longer
#
#   --tsan, --asan, --plain   under ThreadSanitizer (unless said otherwise), AddressSanitizer, or neither
#   --seconds N               for each test; 10 unless said otherwise
#   --design D                one design instead of ft and ft_system
#   --filter REGEX            only tests whose name matches

command_stress() {
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
  local labels test_timeout=$((seconds * 10 + 120))
  labels=$(IFS='|' && say "${designs[*]}")
  OROCHI_STRESS_SECONDS=$seconds run_ctest "$preset" -L '^stress$' -L "^($labels)\$" -R "$filter" ||
    fail "a stress test found something, see above; OROCHI_STRESS_SECONDS=$seconds $(build_folder "$preset")/bin/stress_... runs it alone"
  good "Nothing broke in $(since "$began"). Next: ./dev stress --seconds $((seconds * 6))"
}
