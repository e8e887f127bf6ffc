#include "check/checks.hpp"

#include <utility>

namespace swapmasq::check {

void check_all(const Subject& subject, Report& report) {
  for (const auto check : {check_dhcp_hosts, check_dhcp_ranges, check_tags, check_names, check_paths, check_ports,
                           check_overrides, check_effects}) {
    check(subject, report);
  }
}

Finding warning(std::string rule, std::string message, Place place) {
  Finding finding;
  finding.rule = std::move(rule);
  finding.message = std::move(message);
  finding.place = std::move(place);
  return finding;
}

}  // namespace swapmasq::check
