#include "config/repetition.hpp"

namespace swapmasq::config {

Repetition::Verdict Repetition::note(grammar::Option option, const Location& location) {
  if (grammar::row_of(option).repeat == grammar::Repeat::any) return Verdict::take;
  const auto index = grammar::index_of(option);
  if (location.source == Location::Source::command_line) {
    if (in_files_[index]) return Verdict::ignore;
    if (on_command_line_[index]) throw error_at(location, "illegal repeated flag");
    on_command_line_.set(index);
  } else {
    if (in_files_[index]) throw error_at(location, "illegal repeated keyword");
    in_files_.set(index);
  }
  return Verdict::take;
}

}  // namespace swapmasq::config
