# Prints the table of ./dev run.    awk -f table.awk table.txt report.csv
#
# report.csv is Google Benchmark's CSV: for each benchmark a line NAME_median and a line NAME_stddev.
# One that counts items does many in an iteration; its time is that of one item.

function trim(text) {
  gsub(/^ +| +$/, "", text)
  return text
}

# A time in nanoseconds, with no more digits than it deserves.
function in_words(ns) {
  if (ns < 10) return sprintf("%.1f ns", ns)
  if (ns < 1000) return sprintf("%.0f ns", ns)
  if (ns < 1000000) return sprintf("%.1f us", ns / 1000)
  return sprintf("%.1f ms", ns / 1000000)
}

function ratio(a, b) { return sprintf(a / b < 10 ? "%.1f" : "%.0f", a / b) }

BEGIN {
  to_ns["ns"] = 1
  to_ns["us"] = 1000
  to_ns["ms"] = 1000000
  to_ns["s"] = 1000000000
}

# The first file: the rows, in order.
NR == FNR {
  if (/^#  /) {
    rows++
    heading[rows] = substr($0, 4)
  } else if (!/^#/ && NF) {
    rows++
    split($0, part, "|")
    name[rows] = trim(part[1])
    words[rows] = trim(part[2])
    other[rows] = trim(part[3])
    other_words[rows] = trim(part[4])
  }
  next
}

# The second: name,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,...
/^"/ {
  split($0, field, ",")
  benchmark = field[1]
  gsub(/"/, "", benchmark)
  gsub(/\/(real|process|manual)_time/, "", benchmark)
  if (sub(/_median$/, "", benchmark)) {
    iteration[benchmark] = field[3]
    median[benchmark] = field[7] ? 1e9 / field[7] : field[3] * to_ns[field[5]]
  } else if (sub(/_stddev$/, "", benchmark)) {
    deviation[benchmark] = field[3]
  }
}

END {
  for (row = 1; row <= rows; row++) {
    if (row in heading) {
      pending = heading[row]
    } else if (!(name[row] in median)) {
      missing = missing (missing ? ", " : "") name[row]
    } else {
      if (pending) printf "%s  %s\n", (shown++ ? "\n" : ""), pending
      pending = ""
      printf "    %-44s %8s +-%2.0f %%", words[row], in_words(median[name[row]]),
             100 * deviation[name[row]] / iteration[name[row]]
      if (other[row] in median)
        printf "   %5s x %s", ratio(median[name[row]], median[other[row]]), other_words[row]
      printf "\n"
    }
  }
  if (missing) printf "%s  Not measured, because this build does not have it: %s\n", (shown ? "\n" : ""), missing
}
