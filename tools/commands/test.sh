#!/usr/bin/env bash
# test [--all] [--design D] : build and run the tests
#
# Stages, each a build and its tests:
#
#   release   ft and gil, optimized as they will be used; the explorer; benchmarks at least run; what is
#             said of the build itself: rules of the tree, no locked instructions
#   tsan      what threads share, in ft under ThreadSanitizer, with a second of every stress test
#   asan      the same in ft_system, where every object is malloc's, under AddressSanitizer and
#             UndefinedBehaviorSanitizer
#
# The last two have assertions on. --all adds the language and the tests of values to both, and runs every design in every stage, with stress tests and the
# install test, and more stages: debug, hostile, clang, clang-release, clang-asan, clang-tsan, and ./dev lint.
# --design keeps to one design.

command_test() {
  local all='' only='' value began=$SECONDS
  while (($#)); do
    case $1 in
      --all) all=1 ;;
      --design) take_value "$@" && only=$value && need_design "$only" && shift ;;
      *) refuse "test does not know '$1'; ./dev test --help says what it knows" ;;
    esac
    shift
  done

  local presets=(release tsan asan)
  if [[ -n $all ]]; then every_test=ON; fi
  [[ -z $all ]] || presets+=(debug hostile clang clang-release clang-asan clang-tsan)
  step "Testing ${only:+$only }in ${#presets[@]} builds: ${presets[*]}"
  if [[ -n $all ]]; then (source tools/commands/lint.sh && command_lint) || exit; fi

  local preset number=0
  for preset in "${presets[@]}"; do
    number=$((number + 1))
    test_stage "[$number/${#presets[@]}]" "$preset" "${only:-$(stage_designs "$preset" "$all")}" "$all" "$only"
  done
  good "All passed, in $(since "$began"). Next: ./dev stress tries harder to break it"
}

# Which designs a stage is about.
stage_designs() {
  local preset=$1 all=$2
  case $all$preset in
    release) say ft gil ;;
    tsan) say ft ;;
    asan) say ft_system ;;
    *) designs ;;
  esac
}

# test_stage <label> <preset> <designs> <all> <the one design>
test_stage() {
  local label=$1 preset=$2 all=$4 one_design=$5 designs began=$SECONDS
  read -ra designs <<<"$3"
  step "$label $preset: ${designs[*]}"
  local targets=("${designs[@]/#/tests_}") labels selection=()
  labels=$(IFS='|' && say "${designs[*]}")
  if [[ $preset == release && -z $one_design ]]; then
    targets+=(explorers checks) labels+='|explorer|build'
  fi
  if [[ $preset == debug && -n $all && -z $one_design ]]; then
    targets+=(libraries) labels+='|install'
  fi
  if [[ -n $all || $preset == tsan ]]; then
    targets+=("${designs[@]/#/stress_}")
  else
    selection=(-LE '^stress$')
  fi
  build "$preset" "${targets[@]}"
  say "built in $(since "$began")"
  run_ctest "$preset" -L "^($labels)\$" "${selection[@]+"${selection[@]}"}" ||
    fail "$preset; once more, one of them: ctest --test-dir $(build_folder "$preset") --output-on-failure -R NAME"
}
