#!/usr/bin/env bash
# The rules of the tree that no compiler knows.    rules.sh [TREE]    rules.sh --self-test
#
# Prints `file:line: rule: what is wrong` for each finding and exits with 1 if there is any.
#
# A rule is a function rule_<name> below. To add one: write it, and put a tree that breaks it under
# samples/<name>/, or the self-test fails: a check that nothing can fail is worth nothing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# --- what the rules look at ---------------------------------------------------------------------

product=(memory runtime objects python)
code=("${product[@]}" tests stress bench)

# files <folder>...: C++ below those of the folders that exist, sorted.
files() {
  local folder existing=()
  for folder in "$@"; do [[ ! -d $folder ]] || existing+=("$folder"); done
  ((${#existing[@]} == 0)) || find "${existing[@]}" -name '*.h' -o -name '*.cc' | sort
}

# Prints FILE:LINE: RULE: MESSAGE for each line of the files on stdin that matches, without comments.
# find_code <rule> <extended regular expression> <message>
find_code() {
  tr '\n' '\0' | xargs -0 -r awk -v rule="$1" -v pattern="$2" -v message="$3" '
    { text = $0; sub(/\/\/.*/, "", text) }
    text ~ pattern { printf "%s:%d: %s: %s\n", FILENAME, FNR, rule, message }'
}

# The same with comments: for words that may not stand there either.
find_text() {
  tr '\n' '\0' | xargs -0 -r awk -v rule="$1" -v pattern="$2" -v message="$3" '
    $0 ~ pattern { printf "%s:%d: %s: %s\n", FILENAME, FNR, rule, message }'
}

# --- the rules ----------------------------------------------------------------------------------

# An include goes down the floors and never up; docs/architecture.md draws them.
rule_layers() {
  may_not memory 'runtime|objects|python'
  may_not runtime 'objects|python'
  may_not objects 'python'
  may_not objects/number 'objects/(text|model|types|collector)'
  may_not objects/sequence 'objects/(number|text|model|types|collector)'
  may_not objects/text 'objects/(model|types|collector)'
  may_not objects/model 'objects/(types|collector)'
  may_not objects/types 'objects/collector'
  may_not objects/collector 'objects/types'
  local folder
  for folder in "${product[@]}"; do may_not "$folder" 'tests|stress|bench'; done
}
may_not() {
  files "$1" | find_code layers "^ *#include \"($2)/" "$1/ may not include this: it is above or beside"
}

# All that one thread sees of another, and of time passing, comes through one door, so that it can be
# watched and driven there.
rule_door() {
  local standard='atomic|((recursive_|shared_|timed_)?mutex|condition_variable|thread|this_thread|chrono)'
  files "${product[@]}" | grep -v '^memory/door/' |
    find_code door "std::($standard)|<($standard|semaphore|latch|barrier)>|__atomic_|__sync_" \
      "atomics, threads, waiting and clocks come from memory/door/ alone"
}

# ThreadSanitizer does not see fences, so code that needs one cannot be checked.
rule_fences() {
  files "${code[@]}" | find_code fences 'atomic_(thread|signal)_fence|__sync_synchronize|_mm_[lms]fence' \
    "an order belongs on the access, not in a fence"
}

# A sequence lock reads what somebody is writing: a data race by definition.
rule_seqlock() {
  files "${product[@]}" | find_text seqlock '[Ss]eq_?[Ll]ock' "no sequence locks here"
}

# What a build is made of is decided in one place, and asked in words (if constexpr).
rule_preprocessor() {
  files "${product[@]}" | grep -v -e '^memory/door/' -e '^memory/policy\.h$' -e '^memory/thread_annotations\.h$' |
    find_code preprocessor '^ *# *(if|ifdef|ifndef|elif|else)' \
      "ask memory/policy.h with if constexpr; only it, memory/door/ and thread_annotations.h use #if"
}

# A sanitizer that is told to look away finds nothing.
rule_sanitizers() {
  files "${code[@]}" | find_code sanitizers 'no_sanitize|disable_sanitizer|__tsan_(ignore|acquire|release|mutex)|AnnotateIgnore' \
    "sanitizers may not be told to look away"
  [[ ! -s tests/tsan.supp ]] || echo "tests/tsan.supp:1: sanitizers: this file is empty, and stays so"
}

# Work to be done stands in the tracker, where somebody finds it.
rule_todo() {
  files "${code[@]}" | find_text todo '(TODO|FIXME|XXX|HACK)' "do it now, or write it into an issue"
}

# A header begins with its own path and what it is; a reader knows at once where he is.
rule_headers() {
  local file
  files "${code[@]}" | grep '\.h$' | while read -r file; do
    [[ $(head -n 1 "$file") == "// $file: "* ]] ||
      echo "$file:1: headers: the first line is \`// $file: what it is\`"
    grep -qx '#pragma once' "$file" || echo "$file:1: headers: #pragma once is missing"
  done
}

# A comment that leads to a test or a page leads to one that is there.
rule_named() {
  local line path
  files "${code[@]}" | grep '\.h$' | tr '\n' '\0' |
    xargs -0 -r grep -noHE '^//.*' |
    grep -E '(tests|stress|bench|docs)/' |
    while IFS= read -r line; do
      for path in $(grep -oE '(tests|stress|bench|docs)/[A-Za-z0-9_./-]+\.(cc|h|md|txt)' <<<"${line#*:*:}"); do
        [[ -e $path ]] || echo "$(cut -d: -f1,2 <<<"$line"): named: there is no $path"
      done
    done
}

# What no list names is built by nobody and checked by nobody.
rule_listed() {
  local file floor inside
  files "${product[@]}" | while read -r file; do
    floor=${file%%/*} inside=${file#*/}
    grep -qw -- "$inside" "$floor/CMakeLists.txt" ||
      echo "$file:1: listed: $floor/CMakeLists.txt does not name it"
  done
  local kind stem
  for kind in tests:test stress:stress bench:bench; do
    files "${kind%:*}" | grep "_${kind#*:}\.cc\$" | while read -r file; do
      stem=$(basename "$file" "_${kind#*:}.cc")
      grep -qw -- "$stem" "${kind%:*}/CMakeLists.txt" ||
        echo "$file:1: listed: ${kind%:*}/CMakeLists.txt does not name $stem"
    done
  done
}

# A page is what one can keep in mind; the formatter leaves comments alone, so their width is ours.
rule_size() {
  files "${code[@]}" | tr '\n' '\0' | xargs -0 -r awk '
    length($0) > 100 && !/https?:/ { printf "%s:%d: size: wider than 100 columns\n", FILENAME, FNR }
    FNR == 601 { printf "%s:601: size: more than 600 lines; make it two files\n", FILENAME }'
}

# ------------------------------------------------------------------------------------------------

rules() { declare -F | sed -n 's/^declare -f rule_//p'; }

check_tree() {
  local rule found=0
  cd "$1"
  for rule in "${@:2}"; do
    "rule_$rule" >"$report" || true
    if [[ -s $report ]]; then
      cat "$report"
      found=1
    fi
  done
  return "$found"
}

# Each rule finds exactly what its sample expects: a line `expect: file:line` for each finding.
self_test() {
  local rule sample wrong=0 expected found
  for rule in $(rules); do
    sample=$here/samples/$rule
    expected=$(sort "$sample/expected" 2>/dev/null) || true
    found=$([[ -d $sample ]] && check_tree "$sample" "$rule" | cut -d: -f1,2 | sort) || true
    if [[ -z $expected || $expected != "$found" ]]; then
      printf 'rule %s does not find what samples/%s/expected says:\n%s\n' "$rule" "$rule" \
        "$(diff <(echo "$expected") <(echo "$found"))"
      wrong=1
    fi
  done
  return "$wrong"
}

report=$(mktemp)
trap 'rm -f "$report"' EXIT
if [[ ${1:-} == --self-test ]]; then
  self_test
else
  mapfile -t all_rules < <(rules)
  check_tree "${1:-$here/../..}" "${all_rules[@]}"
fi
