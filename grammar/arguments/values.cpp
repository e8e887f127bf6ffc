#include "grammar/arguments/values.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

#include "grammar/quoting.hpp"

namespace swapmasq::grammar {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint8_t> hex_digit(char c) {
  if (is_digit(c)) return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

// The value of digits as the C library's long, which stops at its largest value, cut to 32 bits.
std::int32_t wrapped(std::string_view digits) {
  constexpr auto limit = std::numeric_limits<std::int64_t>::max();
  std::int64_t value = 0;
  for (const char c : digits) {
    const std::int64_t digit = c - '0';
    value = value > (limit - digit) / 10 ? limit : value * 10 + digit;
  }
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::uint64_t>(value)));
}

std::string_view leading_digits(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin()));
}

template <typename Number>
bool assign_limited(std::string_view text, Number& value) {
  const auto read = number(text);
  if (!read || *read < 0 || std::cmp_greater(*read, std::numeric_limits<Number>::max())) return false;
  value = static_cast<Number>(*read);
  return true;
}

using Octet = std::optional<std::uint8_t>;

// One group of a hex string, cut into octets.
bool append_group(std::string_view group, std::vector<Octet>& octets) {
  for (std::size_t i = 0; i < group.size(); i += 2) {
    const std::string_view digits = group.substr(i, 2);
    std::uint8_t value = 0;
    for (const char c : digits) {
      const auto digit = hex_digit(c);
      if (!digit) return false;
      value = static_cast<std::uint8_t>(value << 4 | *digit);
    }
    octets.emplace_back(value);
  }
  return true;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool same_word(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::optional<std::int32_t> number(std::string_view text) {
  const std::string plain = unquote(text);
  if (!std::ranges::all_of(plain, is_digit)) return std::nullopt;
  return wrapped(plain);
}

std::optional<std::uint16_t> number16(std::string_view text) {
  std::uint16_t value = 0;
  if (!assign_number(text, value)) return std::nullopt;
  return value;
}

bool assign_number(std::string_view text, std::uint32_t& value) {
  const auto read = number(text);
  if (read) value = static_cast<std::uint32_t>(*read);
  return read.has_value();
}
bool assign_number(std::string_view text, std::uint16_t& value) { return assign_limited(text, value); }
bool assign_number(std::string_view text, std::uint8_t& value) { return assign_limited(text, value); }

bool assign_uint32(std::string_view text, std::uint32_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

std::int32_t lenient_number(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n\v\f\r"), text.size()));
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto value = static_cast<std::uint32_t>(wrapped(leading_digits(text)));
  return static_cast<std::int32_t>(negative ? 0U - value : value);
}

std::optional<std::uint32_t> time_unit(char c) {
  switch (c) {
    case 's':
    case 'S':
      return 1;
    case 'm':
    case 'M':
      return 60;
    case 'h':
    case 'H':
      return 60 * 60;
    case 'd':
    case 'D':
      return 24 * 60 * 60;
    case 'w':
    case 'W':
      return 7 * 24 * 60 * 60;
    default:
      return std::nullopt;
  }
}

std::optional<settings::LeaseTime> lease_time(std::string_view text) {
  if (text == "infinite") return settings::infinite_lease;
  const std::string_view digits = leading_digits(text);
  const std::string_view unit = text.substr(digits.size());
  std::uint32_t factor = 1;
  if (!unit.empty()) {
    const auto known = time_unit(unit.front());
    if (!known || unit.size() > 1) return std::nullopt;
    factor = *known;
  }
  return std::max(shortest_lease, static_cast<std::uint32_t>(wrapped(digits)) * factor);
}

settings::TagTest tag_test(std::string_view text) {
  const bool negated = text.starts_with('!') || text.starts_with('#');
  return {unquote(text.substr(negated ? 1 : 0)), negated};
}

std::optional<std::vector<Octet>> hex_octets(std::string_view text, std::size_t most) {
  std::vector<Octet> octets;
  while (!text.empty() && octets.size() < most) {
    const std::size_t length = std::min(text.find_first_of(":- "), text.size());
    const std::string_view group = text.substr(0, length);
    if (group == "*")
      octets.emplace_back();
    else if (!append_group(group, octets))
      return std::nullopt;
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return octets;
}

std::optional<Bytes> hex_string(std::string_view text) {
  const auto octets = hex_octets(text);
  if (!octets || std::ranges::find(*octets, Octet{}) != octets->end()) return std::nullopt;
  Bytes bytes;
  for (const auto& octet : *octets) bytes.push_back(*octet);
  return bytes;
}

std::optional<settings::HardwarePattern> hardware_pattern(std::string_view text) {
  constexpr std::size_t most = 16;
  settings::HardwarePattern pattern;
  const std::size_t first = text.find_first_of(":- ");
  if (first != std::string_view::npos && text[first] == '-' && text.substr(0, first) != "*") {
    std::vector<Octet> type;
    if (!append_group(text.substr(0, first), type)) return std::nullopt;
    if (!type.empty()) pattern.type = type.back();
    text.remove_prefix(first + 1);
  }
  auto octets = hex_octets(text, most);
  if (!octets) return std::nullopt;
  pattern.octets = *std::move(octets);
  if (pattern.octets.size() > most) pattern.octets.resize(most);
  return pattern;
}

unsigned address_bits(const IpAddress& address) { return address.is_v4() ? 32 : 128; }

namespace {

IpAddress with_host_bits(const Prefix& prefix, bool ones) {
  if (prefix.address.is_v4()) {
    const std::uint32_t mask = Ipv4::netmask(prefix.length).value;
    const std::uint32_t network = prefix.address.v4().value & mask;
    return Ipv4{ones ? network | ~mask : network};
  }
  Ipv6 address = prefix.address.v6();
  for (unsigned bit = prefix.length; bit < 128; ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    auto& octet = address.octets.at(bit / 8);
    octet = static_cast<std::uint8_t>(ones ? octet | mask : octet & ~mask);
  }
  return address;
}

}  // namespace

IpAddress first_of(const Prefix& prefix) { return with_host_bits(prefix, false); }
IpAddress last_of(const Prefix& prefix) { return with_host_bits(prefix, true); }

}  // namespace swapmasq::grammar
