# What ctest says, without what passed or was skipped (as having no meaning in a design): only how many.
/ +Start +[0-9]+: / || /\.+ +Passed +[0-9.]+ sec$/ || /^Internal ctest/ || /^Test project / { next }
/\*\*\*Skipped +[0-9.]+ sec$/ { skipped++; next }
/^The following tests did not run:/ || /^\t *[0-9]+ - .* \(Skipped\)$/ { next }
/ tests passed, / && skipped { print skipped " skipped, having no meaning in their design" }
NF || !blank { print; fflush() }
{ blank = !NF }
