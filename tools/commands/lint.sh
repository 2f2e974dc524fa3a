#!/usr/bin/env bash
# lint : layout, rules of the tree, every header alone, clang-tidy
#
# A file that clang-tidy found clean is looked at again only when it, a header that it includes, or
# .clang-tidy has changed.

command_lint() {
  local began=$SECONDS
  (($# == 0)) || refuse "lint takes no arguments"
  need_packages clang-format-14 clang-tidy-14 git
  (source tools/commands/format.sh && command_format --check)

  step "Rules of the tree (tools/lint/rules.sh)"
  tools/lint/rules.sh --self-test || fail "a rule of lint does not catch its own sample"
  tools/lint/rules.sh || fail "the rules named above"

  step "Every header alone, and clang's thread safety analysis"
  build lint all orochi_ft_verify_interface_header_sets

  step "clang-tidy"
  tidy_all || fail "clang-tidy, see above"
  good "Lint is clean, in $(since "$began"). Next: ./dev test"
}

# Prints `object source` for everything in the lint build; a header stands for its generated source.
tidy_units() {
  sed -n 's/.* -o \([^ ]*\) -c \([^ "]*\)".*/\1 \2/p' build/lint/compile_commands.json
}

# The files of this tree that went into each object, as ninja saw them: `object file file ...`.
objects_and_their_files() {
  ninja -C build/lint -t deps | awk -v root="$root/" '
    /^[^ ].*: #deps/ { sub(/:$/, "", $1); printf "%s%s", (NR > 1 ? "\n" : ""), $1; next }
    /^ / && (index($1, root) == 1 || $1 !~ /^\//) { printf " %s", $1 }
    END { print "" }'
}

tidy_all() {
  mkdir -p build/lint/tidy
  objects_and_their_files | sort >build/lint/tidy/deps
  tidy_units | sort | join - build/lint/tidy/deps |
    xargs -P "$jobs" -L 1 bash tools/lint/tidy_one.sh
}
