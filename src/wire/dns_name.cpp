#include "wire/dns_name.hpp"

#include <algorithm>

namespace swapmasq::wire {

namespace {

constexpr std::size_t max_label = 63;
constexpr std::uint8_t label_type_mask = 0xc0;  // RFC 1035 section 4.1.4
constexpr std::uint8_t pointer_type = 0xc0;
constexpr unsigned max_hops = 255;

std::size_t label_length(WireName name) { return name.empty() ? 0 : static_cast<std::uint8_t>(name.front()); }

}  // namespace

DnsName::DnsName(WireName wire) {
  const auto kept = wire.substr(0, max_size);
  if (kept.empty()) return;
  std::copy(kept.begin(), kept.end(), octets_.begin());
  size_ = static_cast<std::uint8_t>(kept.size());
}

// Overwrites the root's octet with the label and sets a new one behind it.
bool DnsName::append_label(ByteView label) {
  if (size_ + label.size() + 1 > max_size) return false;
  std::size_t at = size_ - 1U;
  octets_[at++] = static_cast<char>(label.size());
  for (const auto octet : label) octets_[at++] = static_cast<char>(octet);
  octets_[at++] = 0;
  size_ = static_cast<std::uint8_t>(at);
  return true;
}

std::optional<DnsName> DnsName::read(Reader& message) {
  DnsName name;
  Reader in = message;
  std::optional<Reader> behind;  // the reader after the name as it stands there, once a pointer was followed
  for (unsigned hops = 0; hops <= max_hops;) {
    const auto length = in.u8();
    if (!length) return std::nullopt;
    if ((*length & label_type_mask) == pointer_type) {
      const auto low = in.u8();
      if (!low) return std::nullopt;
      if (!behind) behind = in;
      ++hops;
      if (!in.seek((static_cast<std::size_t>(*length & ~label_type_mask) << 8) | *low)) return std::nullopt;
    } else if ((*length & label_type_mask) != 0) {
      return std::nullopt;
    } else if (*length == 0) {
      message = behind.value_or(in);
      return name;
    } else {
      const auto label = in.bytes(*length);
      if (!label || !name.append_label(*label)) return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<DnsName> DnsName::from_text(std::string_view text) {
  DnsName name;
  if (text.ends_with('.')) text.remove_suffix(1);
  while (!text.empty()) {
    const auto dot = std::min(text.find('.'), text.size());
    if (dot == 0 || dot > max_label || dot + 1 == text.size()) return std::nullopt;
    if (!name.append_label(to_bytes(text.substr(0, dot)))) return std::nullopt;
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return name;
}

bool DnsName::single_label() const { return !is_root() && parent(wire()).size() == 1; }

DnsName DnsName::lower() const {
  // Length octets are below 64, where no letters are, so the whole buffer can be folded at once.
  DnsName folded = *this;
  std::transform(octets_.begin(), octets_.begin() + size_, folded.octets_.begin(), ascii_lower);
  return folded;
}

bool DnsName::write(Writer& out) const { return out.text(wire()); }

bool skip_name(Reader& message) {
  for (;;) {
    const auto length = message.u8();
    if (!length) return false;
    if (*length == 0) return true;
    if ((*length & label_type_mask) == pointer_type) return message.skip(1);
    if ((*length & label_type_mask) != 0 || !message.skip(*length)) return false;
  }
}

WireName parent(WireName name) {
  if (name.size() <= 1) return name;
  return name.substr(std::min(label_length(name) + 1, name.size() - 1));
}

bool is_within(WireName name, WireName ancestor) {
  while (name.size() > ancestor.size()) name = parent(name);
  return name == ancestor;
}

bool equal_names(WireName a, WireName b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

std::string to_text(WireName name) {
  std::string text;
  text.reserve(name.size());
  for (; name.size() > 1; name = parent(name)) {
    if (!text.empty()) text += '.';
    text += name.substr(1, label_length(name));
  }
  return text;
}

std::optional<std::string> printable_text(WireName name) {
  if (name.size() <= 1) return ".";
  std::string text;
  text.reserve(name.size());
  for (; name.size() > 1; name = parent(name)) {
    if (!text.empty()) text += '.';
    for (const char c : name.substr(1, label_length(name))) {
      if (c < 0x20 || c > 0x7e || c == '.') return std::nullopt;
      text += ascii_lower(c);
    }
  }
  return text;
}

}  // namespace swapmasq::wire
