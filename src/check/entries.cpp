#include "check/entries.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "grammar/line.hpp"

namespace swapmasq::check {

namespace {

using grammar::Option;
using Source = config::Location::Source;

// Names and addresses of the DNS: lists of these may be long, and every line stands for itself.
bool kept_once(Option option) {
  switch (option) {
    case Option::address:
    case Option::server:
    case Option::local:
    case Option::bogus_nxdomain:
    case Option::ignore_address:
    case Option::host_record:
    case Option::cname:
    case Option::txt_record:
    case Option::ptr_record:
    case Option::ipset:
    case Option::nftset:
      return true;
    default:
      return false;
  }
}

// A line without quotes and comment, and where its argument begins in it.
struct Layout {
  grammar::TracedLine traced;
  std::size_t keyword_end = 0;
  std::size_t argument_begin = 0;
};

Layout layout_of(Source source, const std::string& line) {
  Layout layout;
  auto& [text, origins, unclosed] = layout.traced;
  if (source == Source::command_line) {
    text = line;
    origins.resize(line.size());
    std::iota(origins.begin(), origins.end(), std::size_t{0});
  } else {
    layout.traced = grammar::trace_line(line);
  }
  const auto equals = std::min(text.find('='), text.size());
  const auto keyword_end = text.substr(0, equals).find_last_not_of(' ');
  layout.keyword_end = keyword_end == std::string::npos ? 0 : keyword_end + 1;
  const auto argument = equals == text.size() ? equals : equals + 1;
  const bool spaces_go = source != Source::command_line;
  layout.argument_begin = spaces_go ? std::min(text.find_first_not_of(' ', argument), text.size()) : argument;
  return layout;
}

Place blank_place(const config::Location& location, std::string_view text) {
  Place place;
  place.file = location.source == Source::command_line ? "command line" : location.name;
  place.line = location.source == Source::command_line ? 0 : location.line;
  place.text = text;
  return place;
}

// Points at octets begin..end of the traced text.
void point(Place& place, const grammar::TracedLine& traced, std::size_t begin, std::size_t end) {
  const auto& origins = traced.origins;
  const auto after_last = origins.empty() ? 0 : origins.back() + 1;
  begin = std::min(begin, origins.size());
  end = std::clamp(end, begin, origins.size());
  place.begin = begin < origins.size() ? origins[begin] : after_last;
  place.end = end > begin ? origins[end - 1] + 1 : place.begin;
}

config::Location location_of(const Entry& entry) { return {entry.source, *entry.file, entry.line}; }

}  // namespace

std::vector<Field> fields_of(std::string_view argument) {
  std::vector<Field> fields;
  for (std::size_t begin = 0; begin <= argument.size();) {
    const auto end = std::min(argument.find(',', begin), argument.size());
    const auto piece = argument.substr(begin, end - begin);
    const auto first = std::min(piece.find_first_not_of(' '), piece.size());
    const auto last = first == piece.size() ? first : piece.find_last_not_of(' ') + 1;
    fields.push_back({piece.substr(first, last - first), {begin + first, begin + last}});
    begin = end + 1;
  }
  return fields;
}

Place place_of_line(const config::SourceLine& line) {
  auto place = blank_place(line.location, line.text);
  const auto layout = layout_of(line.location.source, place.text);
  const auto& traced = layout.traced;
  if (traced.unclosed_quote) {
    place.begin = *traced.unclosed_quote;
    place.end = place.text.size();
  } else {
    point(place, traced, 0, traced.text.size());
  }
  return place;
}

Place place_of_keyword(const config::SourceLine& line) {
  auto place = blank_place(line.location, line.text);
  const auto layout = layout_of(line.location.source, place.text);
  point(place, layout.traced, 0, layout.keyword_end);
  return place;
}

Place place_of(const Entry& entry, Span in_argument) {
  auto place = blank_place(location_of(entry), entry.text);
  const auto layout = layout_of(entry.source, place.text);
  point(place, layout.traced, layout.argument_begin + in_argument.begin, layout.argument_begin + in_argument.end);
  return place;
}

Place place_of(const Entry& entry) {
  if (entry.argument && !entry.argument->empty()) return place_of(entry, Span{0, entry.argument->size()});
  return place_of_keyword(entry);
}

Place place_of_keyword(const Entry& entry) {
  const auto location = location_of(entry);
  return place_of_keyword(config::SourceLine{location, entry.text});
}

Place place_of_field(const Entry& entry, std::size_t index) {
  const auto fields = fields_of(entry.value());
  return index < fields.size() ? place_of(entry, fields[index].span) : place_of(entry);
}

Entry Entries::make(const config::SourceLine& line, const grammar::Directive& directive) {
  const auto& location = line.location;
  if (last_file_ == nullptr || *last_file_ != location.name) {
    last_file_ = std::make_shared<const std::string>(location.name);
  }
  return {.option = directive.option,
          .argument = directive.argument,
          .source = location.source,
          .file = last_file_,
          .line = location.line,
          .text = std::string{line.text}};
}

void Entries::add(Entry entry) {
  auto& same = by_option_[grammar::index_of(entry.option)];
  if (kept_once(entry.option) && (!same.empty() || entry.fate != Entry::Fate::accepted)) return;
  same.push_back(entries_.size());
  entries_.push_back(std::move(entry));
}

std::vector<const Entry*> Entries::with_refused(Option option) const {
  std::vector<const Entry*> found;
  for (const auto index : by_option_[grammar::index_of(option)]) found.push_back(&entries_[index]);
  return found;
}

std::vector<const Entry*> Entries::of(Option option) const {
  auto found = with_refused(option);
  std::erase_if(found, [](const Entry* entry) { return entry->fate != Entry::Fate::accepted; });
  return found;
}

const Entry* Entries::first_of(Option option) const {
  const auto& indexes = by_option_[grammar::index_of(option)];
  const auto found =
      std::ranges::find_if(indexes, [&](std::size_t index) { return entries_[index].fate == Entry::Fate::accepted; });
  return found == indexes.end() ? nullptr : &entries_[*found];
}

}  // namespace swapmasq::check
