#include "dns/synth_domains.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>

namespace swapmasq::dns {

namespace {

constexpr std::size_t interface_part = 8;  // octets of an IPv6 address that names may count through

std::uint64_t low_bits(const Ipv6& address) {
  std::uint64_t bits = 0;
  for (std::size_t i = interface_part; i < address.octets.size(); ++i) bits = bits << 8 | address.octets[i];
  return bits;
}

std::uint64_t number_of(const IpAddress& address) {
  return address.is_v4() ? address.v4().value : low_bits(address.v6());
}

// The address `offset` behind the first one; nothing when it leaves the numbers.
std::optional<IpAddress> behind(const IpAddress& first, std::uint64_t offset) {
  const auto number = number_of(first) + offset;
  if (number < offset) return std::nullopt;
  if (first.is_v4()) {
    if (number > UINT32_MAX) return std::nullopt;
    return Ipv4{static_cast<std::uint32_t>(number)};
  }
  auto address = first.v6();
  for (std::size_t i = 0; i < interface_part; ++i)
    address.octets[address.octets.size() - 1 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  return address;
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string with_dashes(const IpAddress& address) {
  if (address.is_v4()) {
    auto text = address.to_string();
    std::ranges::replace(text, '.', '-');
    return text;
  }
  std::string text;
  const auto& octets = address.v6().octets;
  for (std::size_t i = 0; i < octets.size(); i += 2)
    text += fmt::format("{}{:02x}{:02x}", i == 0 ? "" : "-", octets[i], octets[i + 1]);
  return text;
}

}  // namespace

SynthDomains::SynthDomains(const std::vector<settings::SynthDomain>& lines) {
  for (auto at = lines.rbegin(); at != lines.rend(); ++at) {
    const auto domain = wire::DnsName::from_text(at->name);
    if (!domain) continue;
    by_domain_[std::string{domain->lower().wire()}].push_back(lines_.size());
    auto& line = lines_.emplace_back(Line{at->name, at->prefix, at->first, at->last, at->counted});
    std::ranges::transform(line.prefix, line.prefix.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; });
  }
}

bool SynthDomains::Line::has(const IpAddress& address) const {
  return address.is_v4() == first.is_v4() && address >= first && address <= last;
}

std::optional<IpAddress> SynthDomains::Line::address_in(std::string_view label) const {
  if (!label.starts_with(prefix)) return std::nullopt;
  const auto rest = label.substr(prefix.size());
  std::optional<IpAddress> address;
  if (counted) {
    if (const auto offset = decimal(rest)) address = behind(first, *offset);
  } else {
    std::string text{rest};
    std::ranges::replace(text, '-', first.is_v4() ? '.' : ':');
    address = IpAddress::parse(text);
  }
  if (!address || !has(*address)) return std::nullopt;
  return address;
}

std::string SynthDomains::Line::label_of(const IpAddress& address) const {
  return counted ? fmt::format("{}{}", prefix, number_of(address) - number_of(first)) : prefix + with_dashes(address);
}

std::optional<IpAddress> SynthDomains::address_of(wire::WireName name) const {
  const auto lines = by_domain_.find(wire::parent(name));
  if (lines == by_domain_.end() || name.size() < 2) return std::nullopt;
  const auto label = name.substr(1, static_cast<std::uint8_t>(name.front()));
  for (const auto place : lines->second)
    if (auto address = lines_[place].address_in(label)) return address;
  return std::nullopt;
}

std::optional<wire::DnsName> SynthDomains::name_of(const IpAddress& address) const {
  const auto line = std::ranges::find_if(lines_, [&](const Line& one) { return one.has(address); });
  if (line == lines_.end()) return std::nullopt;
  return wire::DnsName::from_text(fmt::format("{}.{}", line->label_of(address), line->domain));
}

}  // namespace swapmasq::dns
