// DHCP tags as configuration tests and sets them (spec dhcpv4.md section 4).
#pragma once

#include <string>
#include <vector>

namespace swapmasq::settings {

// `tag:x` or, negated, `tag:!x`. In tag-if a name ending in '*' matches by prefix.
struct TagTest {
  std::string name;
  bool negated = false;

  bool operator==(const TagTest&) const = default;
};

using TagTests = std::vector<TagTest>;

}  // namespace swapmasq::settings
