#!/usr/bin/env bash
# format [--check] : lay out the C++ by .clang-format, or only look
#
# The version is fixed at 14, Debian 12's: another one lays out differently.

command_format() {
  local check=''
  case ${1:-} in
    '') ;;
    --check) check=1 ;;
    *) refuse "format does not know '$1'; it knows --check" ;;
  esac
  need_packages clang-format-14 git
  local files
  mapfile -t files < <(code_files)
  if [[ -z $check ]]; then
    step "Laying out ${#files[@]} files"
    clang-format-14 -i "${files[@]}"
    good "Done. Next: git diff"
  else
    step "Looking at the layout of ${#files[@]} files"
    differences "${files[@]}" || fail "the layout of the lines above; ./dev format mends it"
    good "Laid out well"
  fi
}

# By comparing, since --dry-run also reports what it would replace by the same.
differences() {
  local file status=0
  for file in "$@"; do
    diff -u --label "$file" --label "$file, laid out" "$file" <(clang-format-14 "$file") || status=1
  done
  return "$status"
}

# The C++ that is ours to lay out; the samples of lint are broken on purpose.
code_files() {
  git ls-files --cached --others --exclude-standard '*.h' '*.cc' ':!tools/lint/samples' |
    while read -r file; do [[ ! -e $file ]] || say "$file"; done
}
