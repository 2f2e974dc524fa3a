# What has to be there, by the names of Debian 12, and how it gets there.

# need_packages <package>...
#
# Installs those that are missing, or says in one line what to do. Costs a few file lookups when
# nothing is missing.
need_packages() {
  local package missing=()
  for package in "$@"; do
    package_is_here "$package" || missing+=("$package")
  done
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

# Asks for the thing itself and not for the package, so that one's own cmake or mimalloc will do.
package_is_here() {
  case $1 in
    cmake | ninja-build | ccache | valgrind | git) has_command "${1%-build}" ;;
    binutils) has_command objdump ;;
    g++) has_compiler ;;
    clang-14) has_command clang++-14 ;;
    clang-format-14 | clang-tidy-14) has_command "$1" ;;
    libclang-rt-14-dev) compgen -G '/usr/lib/llvm-14/lib/clang/*/lib/linux/libclang_rt.tsan-*.a' >/dev/null ;;
    libmimalloc-dev) has_header mimalloc.h ;;
    libgtest-dev) has_header gtest/gtest.h ;;
    libbenchmark-dev) has_header benchmark/benchmark.h ;;
    libabsl-dev) has_header absl/synchronization/mutex.h ;;
    libpython3.11-stdlib) [[ -e /usr/lib/python3.11/os.py || -e /usr/local/lib/python3.11/os.py ]] ;;
    libgmp-dev) has_header gmp.h || has_header "$(uname -m)-linux-gnu/gmp.h" ;;
    *) refuse "tools/lib/packages.sh does not know how to look for '$1'" ;;
  esac
}

has_command() { command -v "$1" >/dev/null; }
has_header() { [[ -e /usr/include/$1 || -e /usr/local/include/$1 ]]; }

# A compiler that the user has named is the user's to install.
has_compiler() {
  if [[ -n ${CXX:-} ]]; then
    has_command "${CXX%% *}" ||
      refuse "CXX names '${CXX%% *}', which is not here: install it, or unset CXX"
  else
    has_command c++
  fi
}

install_packages() {
  local by=()
  has_command apt-get || refuse "missing: $*. Install your system's equivalents of these Debian packages"
  [[ -n $may_install ]] || refuse "missing: $*. Without --no-install they would be installed"
  if ((EUID != 0)); then
    has_command sudo && sudo -n true 2>/dev/null ||
      refuse "missing: $*. As root: apt-get install -y $*"
    by=(sudo)
  fi
  step "Installing: $* (by apt-get, as root; say no with --no-install)"
  mkdir -p build
  local log=build/install.log
  run_apt_get "${by[@]+"${by[@]}"}" -- "$@" >"$log" 2>&1 ||
    refuse "apt-get could not install $* (is there a network?): $(grep -m1 '^E:' "$log" || tail -n 1 "$log")"
  local package
  for package in "$@"; do
    package_is_here "$package" ||
      refuse "$package is installed and still not found; is PATH or the installation unusual?"
  done
}

# run_apt_get [sudo] -- <package>...
# The lists are fetched only if they are needed: an image often comes without, a desktop with.
run_apt_get() {
  local by=()
  while [[ $1 != -- ]]; do by+=("$1") && shift; done
  shift
  local apt_get=("${by[@]+"${by[@]}"}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
  "${apt_get[@]}" install --no-install-recommends "$@" ||
    { "${apt_get[@]}" update && "${apt_get[@]}" install --no-install-recommends "$@"; }
}
