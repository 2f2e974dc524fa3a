// stress/cli/reports.h: what a run leaves behind, besides its log.
#pragma once

#include <string>

#include "stress/cli/results.h"

namespace orochi::stress {

[[nodiscard]] std::string json_report(const Results& results);   // for programs; stable
[[nodiscard]] std::string junit_report(const Results& results);  // for build servers
[[nodiscard]] std::string html_report(const Results& results);   // for people; one page

// Writes results.json, junit.xml and report.html. False: it cannot.
[[nodiscard]] bool write_reports(const Results& results, const std::string& folder);

}  // namespace orochi::stress
