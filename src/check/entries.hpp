// The options of a configuration as they were read, and where each piece of them stands.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/finding.hpp"
#include "config/observer.hpp"
#include "grammar/diagnosis.hpp"
#include "grammar/option_table.hpp"

namespace swapmasq::check {

struct Entry {
  enum class Fate { accepted, ignored, refused };

  grammar::Option option{};
  std::optional<std::string> argument;  // in the protected encoding of grammar/quoting.hpp
  config::Location::Source source{};
  std::shared_ptr<const std::string> file;
  unsigned line = 0;
  std::string text;  // the line
  Fate fate = Fate::refused;
  std::optional<std::size_t> finding;  // why it was refused

  std::string_view value() const { return argument ? std::string_view{*argument} : std::string_view{}; }
  bool on_command_line() const { return source == config::Location::Source::command_line; }
};

using Span = grammar::Diagnosis::Span;

// A comma-separated piece of an argument.
struct Field {
  std::string_view text;
  Span span;
};
std::vector<Field> fields_of(std::string_view argument);

// Where a line, its keyword, or a piece of an option's argument stands.
Place place_of_line(const config::SourceLine& line);
Place place_of_keyword(const config::SourceLine& line);
Place place_of_keyword(const Entry& entry);
// All of the argument, or the keyword where there is none.
Place place_of(const Entry& entry);
Place place_of(const Entry& entry, Span in_argument);
Place place_of_field(const Entry& entry, std::size_t index);

class Entries {
 public:
  Entry make(const config::SourceLine& line, const grammar::Directive& directive);
  // Of options that stand in millions of lines and that no check looks at, only the first that was accepted is kept.
  void add(Entry entry);

  // In the order of reading.
  std::span<const Entry> all() const { return entries_; }
  // Those of an option that were accepted, and all.
  std::vector<const Entry*> of(grammar::Option option) const;
  std::vector<const Entry*> with_refused(grammar::Option option) const;
  // Null: there is none.
  const Entry* first_of(grammar::Option option) const;
  bool has(grammar::Option option) const { return first_of(option) != nullptr; }

 private:
  std::vector<Entry> entries_;
  std::array<std::vector<std::size_t>, grammar::option_count> by_option_;
  std::shared_ptr<const std::string> last_file_;
};

}  // namespace swapmasq::check
