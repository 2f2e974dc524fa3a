#include "stress/cli/reports.h"

#include <fstream>

namespace orochi::stress {
namespace {

bool write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  return file.good();
}

}  // namespace

bool write_reports(const Results& results, const std::string& folder) {
  return write(folder + "/results.json", json_report(results)) &&
         write(folder + "/junit.xml", junit_report(results)) &&
         write(folder + "/report.html", html_report(results));
}

}  // namespace orochi::stress
