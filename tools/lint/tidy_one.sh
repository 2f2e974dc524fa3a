#!/usr/bin/env bash
# tidy_one.sh OBJECT SOURCE FILE... : runs clang-tidy on SOURCE, unless it was clean when the FILEs
# that it is made of were what they are now. Called by ./dev lint, from the root of the tree.
set -euo pipefail

source=$2
key=$(cd build/lint && sha256sum "$2" "${@:3}" ../../.clang-tidy compile_commands.json | sha256sum | cut -c1-32)
clean=build/lint/tidy/$key
[[ ! -e $clean ]] || exit 0

# The source that was generated for a header stands for that header; what else is included has its own.
header=none
if [[ $source == *_verify_interface_header_sets/* ]]; then
  header=${source#*_verify_interface_header_sets/}
  header=${header%.cxx}
fi
said=$(clang-tidy-14 -p build/lint --quiet --header-filter="^$PWD/${header//./\\.}\$" "$source" 2>&1) || {
  printf '%s\n' "$said" | grep -v -e 'warnings generated' -e '^Suppressed' -e 'treated as error'
  exit 1
}
touch "$clean"
