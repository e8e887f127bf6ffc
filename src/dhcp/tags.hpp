// A client's tags and the tests on them (spec dhcpv4.md section 4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dhcp/newest_first.hpp"
#include "settings/dhcp_matching.hpp"
#include "settings/tags.hpp"

namespace swapmasq::dhcp {

class TagSet {
 public:
  // In front of the others; a tag that is there already stays where it is, an empty one is no tag.
  void add(std::string_view tag);

  // The set: tags of one line, of which the first one ends up newest.
  void add_line(const std::vector<std::string>& tags);

  bool contains(std::string_view tag) const;
  // Every test holds; true without tests.
  bool matches(const settings::TagTests& tests) const;
  // This set and what tag-if lines, in their order, add to it.
  TagSet with(const std::vector<settings::TagIf>& tag_ifs) const;

  bool empty() const { return tags_.empty(); }
  // "newest, ..., oldest"
  std::string listed(std::string_view separator = ", ") const;

 private:
  bool holds_by_prefix(const settings::TagTest& test) const;

  std::vector<std::string> tags_;  // oldest first
};

enum class Untagged { applies, never };

// Whether one of the lines of an option such as dhcp-ignore applies.
bool any_applies(const std::vector<settings::TagTests>& lines, const TagSet& tags, Untagged untagged);

// Of the lines of an option such as dhcp-boot that counts once: the last one whose tag: tests hold, else the last one
// without tests; null: none.
template <typename Line>
const Line* last_fitting(const std::vector<Line>& lines, const TagSet& tags) {
  const Line* untagged = nullptr;
  for (const auto& line : NewestFirst{lines}) {
    if (!line.filters.empty() && tags.matches(line.filters)) return &line;
    if (line.filters.empty() && !untagged) untagged = &line;
  }
  return untagged;
}

}  // namespace swapmasq::dhcp
