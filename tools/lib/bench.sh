# Finding and running the benchmark programs of a build.

# The programs of a design, lowest floor first. The free-threaded one has the plain name.
bench_programs() {
  local design=$1 suffix='' floor program
  [[ $design == ft ]] || suffix=_$design
  for floor in memory runtime objects python; do
    program=build/release/bin/bench_$floor$suffix
    [[ ! -x $program ]] || say "$program"
  done
}

cpu_name() { sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1; }
