// A domain name in wire format (RFC 1035 section 3.1): length-prefixed labels and the root's zero octet, at most 255
// octets. Held inline, so that names on the answer path cost no allocation. Any octet may stand in a label; nothing is
// escaped. Text forms are for configuration (text in) and the log (text out).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::wire {

// The uncompressed wire form as a view: what indexes use as their key, in lower case.
using WireName = std::string_view;

class DnsName {
 public:
  static constexpr std::size_t max_size = 255;

  DnsName() = default;  // the root
  // From a view of a complete wire form, such as another name's wire() or a parent of it.
  explicit DnsName(WireName wire);

  // Reads at the reader's position, following compression pointers anywhere in the reader's octets (RFC 1035 section
  // 4.1.4); the reader ends behind the name as it stands there. Nothing: a loop, a reserved label type, or too long.
  static std::optional<DnsName> read(Reader& message);
  // Labels joined by dots; one trailing dot is allowed, "" and "." are the root. Nothing for labels over 63 octets or
  // names over 255. Empty labels inside cannot be written in wire format and are refused too.
  static std::optional<DnsName> from_text(std::string_view text);

  WireName wire() const { return {octets_.data(), size_}; }
  bool is_root() const { return size_ == 1; }
  bool single_label() const;  // one label, so no dot; false for the root
  DnsName lower() const;
  bool write(Writer& out) const;

  bool operator==(const DnsName& other) const { return wire() == other.wire(); }

 private:
  bool append_label(ByteView label);

  std::array<char, max_size> octets_{};
  std::uint8_t size_ = 1;
};

// Steps over a name; false when it runs off the message or has a reserved label type. What a pointer points to is
// not looked at.
bool skip_name(Reader& message);

// The name without its first label; the root's parent is the root.
WireName parent(WireName name);

// Whether `name` is `ancestor` or below it; both in lower case.
bool is_within(WireName name, WireName ancestor);

// ASCII case-insensitive equality (RFC 4343).
bool equal_names(WireName a, WireName b);

// Labels joined by dots, every octet as it is; "" for the root.
std::string to_text(WireName name);

// As names stand in the log: lower case, "." for the root, nothing when an octet is not printable ASCII or a label
// contains a dot.
std::optional<std::string> printable_text(WireName name);

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace swapmasq::wire
