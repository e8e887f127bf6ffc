#include "completion_values.hpp"

#include <algorithm>
#include <string_view>

namespace swapmasq::documents {

using grammar::Option;

namespace {

// "[=ip|mac]" names words, "[=<busname>]" something else.
std::string words_in(std::string_view argument_text) {
  if (!argument_text.starts_with("[=") || argument_text.find('<') != std::string_view::npos) return "";
  std::string words{argument_text.substr(2, argument_text.size() - 3)};
  std::ranges::replace(words, '|', ' ');
  return words;
}

}  // namespace

std::string words_of(const grammar::OptionRow& row) {
  switch (row.option) {
    case Option::dnssec_check_unsigned:
      return "no";
    case Option::local_service:
      return "net host";
    case Option::log_queries:
      return "extra proto auth only_failed";
    default:
      return words_in(row.argument_text);
  }
}

std::string words_of(const grammar::OwnOptionRow& row) { return words_in(row.argument_text); }

Values values_of(const grammar::OptionRow& row) {
  if (row.argument == grammar::ArgumentKind::none) return Values::nothing;
  if (!words_of(row).empty()) return Values::words;
  if (row.option == Option::conf_dir || row.option == Option::tftp_root) return Values::folders;
  if (row.option == Option::enable_tftp) return Values::interfaces;
  const auto has = [&row](std::string_view part) { return row.argument_text.find(part) != std::string_view::npos; };
  if (has("path") || has("<file>")) return row.name.ends_with("dir") ? Values::folders : Values::files;
  if (row.argument_text.starts_with("<interface>")) return Values::interfaces;
  if (has("<username>")) return Values::users;
  if (has("<groupname>")) return Values::groups;
  return Values::anything;
}

Values values_of(const grammar::OwnOptionRow& row) {
  if (row.argument == grammar::ArgumentKind::none) return Values::nothing;
  return words_of(row).empty() ? Values::anything : Values::words;
}

}  // namespace swapmasq::documents
