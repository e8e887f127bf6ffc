#include "grammar/name.hpp"

#include <algorithm>
#include <cstddef>
#include <idn2.h>
#include <memory>

namespace swapmasq::grammar {
namespace {

constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_on_wire = 255;

bool is_control(char c) { return (c >= '\0' && c < ' ') || c == '\177'; }
// What a name has to have at least one of; only a dot at its end stands in for it.
bool is_visible(char c) { return c > ' ' && c < '\177' && c != '.'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9'); }

// IDNA2008 in the locale's character set.
std::optional<std::string> to_ascii(const std::string& name) {
  char* converted = nullptr;
  if (idn2_to_ascii_lz(name.c_str(), &converted, IDN2_NONTRANSITIONAL) != IDN2_OK) return std::nullopt;
  const std::unique_ptr<char, decltype(&idn2_free)> owner{converted, &idn2_free};
  return std::string{converted};
}

bool lengths_fit(std::string_view name) {
  std::size_t on_wire = 1;
  while (!name.empty()) {
    const std::size_t length = std::min(name.find('.'), name.size());
    if (length > longest_label) return false;
    on_wire += length + 1;
    name.remove_prefix(std::min(length + 1, name.size()));
  }
  return on_wire <= longest_on_wire;
}

}  // namespace

std::optional<std::string> canonical_name(std::string_view text) {
  const bool ends_with_dot = text.ends_with('.');
  if (ends_with_dot) text.remove_suffix(1);
  if (!lengths_fit(text) || std::ranges::any_of(text, is_control)) return std::nullopt;
  if (!text.empty() && !ends_with_dot && std::ranges::none_of(text, is_visible)) return std::nullopt;
  std::string name{text};
  if (std::ranges::all_of(name, is_ascii) && std::ranges::none_of(name, is_upper)) return name;
  auto converted = to_ascii(name);
  if (converted && !lengths_fit(*converted)) return std::nullopt;
  return converted;
}

std::optional<std::string> canonical_host_name(std::string_view text) {
  auto name = canonical_name(text);
  if (!name || name->empty()) return std::nullopt;
  if (!is_letter_or_digit(name->front()) && name->front() != '.') return std::nullopt;
  const bool legal = std::all_of(name->begin(), std::ranges::find(*name, '.'),
                                 [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
  if (!legal) return std::nullopt;
  return name;
}

}  // namespace swapmasq::grammar
