#include "completion_values.hpp"

namespace swapmasq::documents {

using grammar::Option;

std::string_view words_of(Option option) {
  switch (option) {
    case Option::add_mac:
      return "base64 text";
    case Option::dnssec_check_unsigned:
      return "no";
    case Option::local_service:
      return "net host";
    case Option::log_queries:
      return "extra proto auth only_failed";
    case Option::tftp_unique_root:
      return "ip mac";
    default:
      return "";
  }
}

Values values_of(const grammar::OptionRow& row) {
  if (row.argument == grammar::ArgumentKind::none) return Values::nothing;
  if (!words_of(row.option).empty()) return Values::words;
  if (row.option == Option::conf_dir || row.option == Option::tftp_root) return Values::folders;
  if (row.option == Option::enable_tftp) return Values::interfaces;
  const auto has = [&row](std::string_view part) { return row.argument_text.find(part) != std::string_view::npos; };
  if (has("path") || has("<file>")) return row.name.ends_with("dir") ? Values::folders : Values::files;
  if (row.argument_text.starts_with("<interface>")) return Values::interfaces;
  if (has("<username>")) return Values::users;
  if (has("<groupname>")) return Values::groups;
  return Values::anything;
}

}  // namespace swapmasq::documents
