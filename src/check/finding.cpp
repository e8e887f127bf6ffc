#include "check/finding.hpp"

#include <algorithm>

namespace swapmasq::check {

std::size_t Report::count(Finding::Severity severity) const {
  return static_cast<std::size_t>(std::ranges::count(findings_, severity, &Finding::severity));
}

int Report::exit_code() const {
  if (count(Finding::Severity::error) > 0) return 1;
  return findings_.empty() ? 0 : 2;
}

}  // namespace swapmasq::check
