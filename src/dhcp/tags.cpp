#include "dhcp/tags.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "dhcp/newest_first.hpp"

namespace swapmasq::dhcp {

void TagSet::add(std::string_view tag) {
  if (!tag.empty() && !contains(tag)) tags_.emplace_back(tag);
}

void TagSet::add_line(const std::vector<std::string>& tags) {
  for (const auto& tag : NewestFirst{tags}) add(tag);
}

bool TagSet::contains(std::string_view tag) const { return std::ranges::find(tags_, tag) != tags_.end(); }

bool TagSet::matches(const settings::TagTests& tests) const {
  return std::ranges::all_of(tests, [&](const auto& test) { return contains(test.name) != test.negated; });
}

bool TagSet::holds_by_prefix(const settings::TagTest& test) const {
  if (!test.name.ends_with('*')) return contains(test.name) != test.negated;
  const auto prefix = std::string_view{test.name}.substr(0, test.name.size() - 1);
  return std::ranges::any_of(tags_, [&](const auto& tag) { return tag.starts_with(prefix); }) != test.negated;
}

TagSet TagSet::with(const std::vector<settings::TagIf>& tag_ifs) const {
  TagSet all = *this;
  for (const auto& line : tag_ifs) {
    if (!std::ranges::all_of(line.tests, [&](const auto& test) { return all.holds_by_prefix(test); })) continue;
    all.add_line(line.set_tags);
  }
  return all;
}

std::string TagSet::listed(std::string_view separator) const {
  return fmt::format("{}", fmt::join(tags_.rbegin(), tags_.rend(), separator));
}

bool any_applies(const std::vector<settings::TagTests>& lines, const TagSet& tags, Untagged untagged) {
  return std::ranges::any_of(
      lines, [&](const auto& tests) { return tests.empty() ? untagged == Untagged::applies : tags.matches(tests); });
}

}  // namespace swapmasq::dhcp
