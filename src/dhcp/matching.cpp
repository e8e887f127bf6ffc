#include "dhcp/matching.hpp"

#include <algorithm>

#include "dhcp/enterprise.hpp"
#include "dhcp/newest_first.hpp"
#include "dhcp/relay_agent.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

bool contains(ByteView haystack, std::string_view needle) {
  return to_text(haystack).find(needle) != std::string::npos;
}

bool octets_match(ByteView data, const std::vector<std::optional<std::uint8_t>>& value) {
  if (data.size() < value.size()) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] && *value[i] != data[i]) return false;
  }
  return true;
}

bool value_matches(ByteView data, const settings::DhcpMatch& match) {
  using Comparison = settings::DhcpMatch::Comparison;
  const auto size = match.value.size();
  switch (match.comparison) {
    case Comparison::presence:
      return true;
    case Comparison::prefix:
      return octets_match(data, match.value);
    case Comparison::elements:
      for (std::size_t at = 0; size != 0 && at + size <= data.size(); at += size) {
        if (octets_match(data.subspan(at), match.value)) return true;
      }
      return false;
    case Comparison::substring:
      for (std::size_t at = 0; at + size <= data.size(); ++at) {
        if (octets_match(data.subspan(at), match.value)) return true;
      }
      return false;
  }
  return false;
}

bool matches(const wire::Dhcp4Message& message, const settings::DhcpMatch& match) {
  if (match.dhcp6) return false;
  if (match.scope != settings::DhcpOption::Scope::vendor_identifying) {
    const auto data = match.code < 256 ? message.option(static_cast<std::uint8_t>(match.code), 1) : std::nullopt;
    return data && value_matches(*data, match);
  }
  const auto option = message.option(dhcp4::vendor_identifying_class, 5);
  const auto data = option ? enterprise_data(*option, match.enterprise) : std::nullopt;
  if (!data) return false;
  if (match.comparison == settings::DhcpMatch::Comparison::presence) return true;
  wire::Reader items{*data};
  while (const auto length = items.u8()) {
    const auto item = items.bytes(*length);
    if (!item) return false;
    if (value_matches(*item, match)) return true;
  }
  return false;
}

bool hardware_matches(const settings::HardwarePattern& pattern, const HardwareAddress& hardware) {
  if (pattern.octets.size() != hardware.length) return false;
  if (pattern.type && *pattern.type != 0 && *pattern.type != hardware.type) return false;
  return octets_match(hardware.bytes(), pattern.octets);
}

// A device of the Broadband Forum's TR-069, which names its manufacturer and its serial number.
bool cpe_wan_device(const wire::Dhcp4Message& message) {
  const auto data = cpe_wan_data(message);
  return data && wire::find_dhcp4_option(*data, cpe_wan::oui, 1) && wire::find_dhcp4_option(*data, cpe_wan::serial, 1);
}

void add_option_tags(Transaction& t, const settings::DhcpMatching& matching) {
  for (const auto& line : NewestFirst{matching.matches}) {
    if (matches(t.message, line)) t.tags.add(line.set_tag);
  }
  const auto vendor_class = t.message.option(dhcp4::vendor_class, 1);
  const auto user_class = t.message.option(dhcp4::user_class, 1);
  const Bytes user_text = user_class ? user_class_text(*user_class) : Bytes{};
  for (const auto& line : NewestFirst{matching.classes}) {
    // An enterprise number means nothing to DHCPv4.
    if (const auto* vendor = std::get_if<settings::DhcpVendorClass>(&line)) {
      if (vendor_class && contains(*vendor_class, vendor->text)) t.tags.add(vendor->set_tag);
    } else if (const auto& user = std::get<settings::DhcpUserClass>(line);
               user_class && contains(user_text, user.text)) {
      t.tags.add(user.set_tag);
    }
  }
}

}  // namespace

void add_agent_tags(TagSet& tags, ByteView information, const settings::DhcpMatching& matching) {
  for (const auto& line : NewestFirst{matching.relay_agents}) {
    const auto value = wire::find_dhcp4_option(information, static_cast<std::uint8_t>(line.sub_option), 0);
    if (value && std::ranges::equal(line.value, *value)) tags.add(line.set_tag);
  }
}

Bytes user_class_text(ByteView option) {
  Bytes text{option.begin(), option.end()};
  wire::Reader in{option};
  std::vector<std::size_t> lengths;
  while (!in.at_end()) {
    lengths.push_back(in.position());
    const auto length = in.u8();
    if (!length || !in.skip(*length)) return text;
  }
  for (const auto position : lengths) text[position] = 0;
  return text;
}

void add_matching_tags(Transaction& t, const settings::DhcpMatching& matching) {
  if (t.type != wire::Dhcp4Type::bootp && cpe_wan_device(t.message)) t.tags.add("cpewan-id");
  add_agent_tags(t.tags, t.agent_information, matching);
  for (const auto& line : NewestFirst{matching.macs}) {
    if (hardware_matches(line.hardware, t.hardware)) t.tags.add(line.set_tag);
  }
  add_option_tags(t, matching);
}

}  // namespace swapmasq::dhcp
