#!/usr/bin/env bash
# build [PRESET] [TARGET...] : compile (PRESET: release unless said otherwise)
#
# Presets are those of CMakePresets.json. CXX=clang++-19 ./dev build debug builds beside, not over.

command_build() {
  local preset=${1:-release} began=$SECONDS
  shift || true
  need_preset "$preset"
  step "Building $preset"
  build "$preset" "$@"
  good "Built in $(since "$began"): $(build_folder "$preset")/bin. Next: ./dev test"
}
