# Configuring, building and testing one preset of CMakePresets.json.

jobs=${JOBS:-$(nproc 2>/dev/null || echo 2)}

presets() { sed -n '/configurePresets/,/buildPresets/s/.*"name": "\([a-z-]*\)".*/\1/p' CMakePresets.json |
  grep -vx -e base -e with-clang; }

designs() { sed -n 's/^set(OROCHI_ALL_DESIGNS \(.*\))/\1/p' cmake/Designs.cmake; }

need_preset() {
  presets | grep -qx -- "$1" || refuse "there is no preset '$1'; there are: $(presets | paste -sd' ')"
}

need_design() {
  grep -qw -- "$1" <<<"$(designs)" || refuse "there is no design '$1'; there are: $(designs)"
}

need_build_tools() {
  need_packages cmake ninja-build ccache g++ libmimalloc-dev libgmp-dev libgtest-dev libbenchmark-dev libabsl-dev \
    libpython3.11-stdlib # what programs import
}

# Where a preset is built. Another compiler than the usual one gets a place of its own beside it.
build_folder() {
  local folder=build/$1
  if [[ -n ${CXX:-} && $1 != clang* && $1 != lint ]]; then
    folder+=-${CXX%% *}
  fi
  say "${folder//$'\n'/}"
}

# ON: every design's tests of everything, and the language in sanitizers' builds too.
every_test=OFF

# build <preset> [<target>...]
# Configures once; after that ninja itself knows when CMake has to run again.
build() {
  local preset=$1 targets=("${@:2}") folder
  folder=$(build_folder "$preset")
  need_build_tools
  case $preset in
    clang* | lint) need_packages clang-14 libclang-rt-14-dev ;;
  esac
  [[ -e $folder/build.ninja ]] && grep -qx "OROCHI_EVERY_TEST:BOOL=$every_test" "$folder/CMakeCache.txt" ||
    configure "$preset" "$folder"
  run_ninja "$folder" "${targets[@]+"${targets[@]}"}" || fail "building $folder"
}

configure() {
  local preset=$1 folder=$2 log=build/configure.log
  mkdir -p build
  cmake --preset "$preset" -B "$folder" -D OROCHI_EVERY_TEST=$every_test >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    fail "configuring $folder; all that CMake said is in $log"
  }
}

# On a terminal ninja shows one line that rewrites itself; elsewhere, only what compilers say.
run_ninja() {
  cd "$1"
  shift
  local status=0
  if [[ -n $on_terminal ]]; then
    ninja -j "$jobs" "$@" || status=1
  else
    ninja -j "$jobs" --quiet "$@" | awk '!/^-- / && $0 != "ninja: no work to do."' || status=1
  fi
  cd "$root"
  return "$status"
}

# run_ctest <preset> <argument>...
# Shows failures and the summary; what passes does not have to scroll by.
run_ctest() {
  local folder
  folder=$(build_folder "$1")
  ctest --test-dir "$folder" -j "$jobs" --timeout "${test_timeout:-300}" --no-tests=error \
    --output-on-failure --no-label-summary "${@:2}" </dev/null |
    awk -f tools/lib/ctest.awk
}
