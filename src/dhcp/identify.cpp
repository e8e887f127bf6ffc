// Who sends a message, from which subnet, with which tags and under which dhcp-host (spec dhcpv4.md sections 2.2 to 5).
#include <algorithm>

#include "dhcp/newest_first.hpp"
#include "dhcp/server.hpp"
#include "log/dhcp_lines.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

// Sub-options of option 82 (RFC 3046, 3527, 3993, 5107, 5010)
namespace agent {
constexpr std::uint8_t link_selection = 5, flags = 10, server_id_override = 11;
}

constexpr std::uint32_t broadband_forum = 3561;
constexpr std::uint8_t hardware_eui64 = 27, hardware_ieee1394 = 24;

ByteView agent_information(const wire::Dhcp4Message& message) {
  return message.option(dhcp4::agent_information, 1).value_or(ByteView{});
}

std::optional<Ipv4> agent_address(const wire::Dhcp4Message& message, std::uint8_t code) {
  const auto data = wire::find_dhcp4_option(agent_information(message), code, 4);
  return data ? wire::Reader{*data}.ipv4() : std::nullopt;
}

Bytes hardware_id(const wire::Dhcp4Header& header, ByteView client_id) {
  if (header.hlen != 0) {
    const auto hardware = header.hardware();
    return {hardware.bytes().begin(), hardware.bytes().end()};
  }
  if (client_id.size() <= 3) return {};
  const auto type = client_id.front();
  const bool typed = type == header.htype || (type == hardware_eui64 && header.htype == hardware_ieee1394);
  const auto id = client_id.subspan(typed ? 1 : 0);
  return {id.begin(), id.end()};
}

// The content of an enterprise in options 124 and 125: number, length, data.
std::optional<ByteView> enterprise_data(ByteView option, std::uint32_t enterprise) {
  wire::Reader in{option};
  while (const auto number = in.u32()) {
    const auto length = in.u8();
    const auto data = length ? in.bytes(*length) : std::nullopt;
    if (!data) return std::nullopt;
    if (*number == enterprise) return data;
  }
  return std::nullopt;
}

bool contains(ByteView haystack, std::string_view needle) {
  return to_text(haystack).find(needle) != std::string::npos;
}

// Option 77 as text to search in: the lengths of well-formed RFC 3004 items become zeros.
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

}  // namespace

void Engine::Server::read_fields(Transaction& t) const {
  auto& message = t.message;
  auto& header = message.header;
  t.hardware = header.hardware();
  if (const auto data = message.option(dhcp4::vendor_class, 1)) t.vendor_class = *data;
  if (t.type == wire::Dhcp4Type::bootp) {
    t.hardware_id = hardware_id(header, {});
    return;
  }
  t.requested_address = t.address_option(dhcp4::requested_address);
  t.server_identifier = t.address_option(dhcp4::server_identifier);
  t.parameter_list = message.option(dhcp4::parameter_request, 0);
  if (t.requested_address || t.type == wire::Dhcp4Type::discover) header.ciaddr = {};
  if (message.has_end()) t.agent_information = agent_information(message);
  if (wire::find_dhcp4_option(agent_information(message), agent::flags, 4)) t.unicast = false;

  if (const auto id = message.option(dhcp4::client_identifier, 1); id && !dhcp_.ignore_client_id) {
    t.client_id.assign(id->begin(), id->end());
  }
  const auto* lease = leases_.find_client(t.hardware, t.client_id);
  if (lease && t.client_id.empty()) t.client_id = lease->client_id;
  t.hardware_id = hardware_id(header, t.client_id);

  const bool proxied =
      dhcp_.proxy_all_relays || std::ranges::find(dhcp_.proxy_relays, header.giaddr) != dhcp_.proxy_relays.end();
  if (const auto address = agent_address(message, agent::server_id_override)) {
    t.server_id_override = address;
  } else if (!header.giaddr.unspecified() && proxied) {
    t.server_id_override = header.giaddr;
  } else if (header.giaddr.unspecified() && lease) {
    t.server_id_override = lease->server_id_override;
  }
  t.name = read_client_name(message);
  read_pxe_fields(t);
}

void Engine::Server::read_pxe_fields(Transaction& t) const {
  constexpr std::size_t machine_id_size = 17;
  t.pxe_vendor = reply_options_.pxe_menu().vendor_of(t.vendor_class);
  if (const auto data = t.message.option(dhcp4::client_architecture, 2)) t.architecture = wire::Reader{*data}.u16();
  if (const auto data = t.message.option(dhcp4::client_machine_id, machine_id_size)) {
    t.machine_id = data->first(machine_id_size);
  }
}

bool Engine::Server::select_ranges(Transaction& t) {
  const auto& header = t.message.header;
  const auto link = agent_address(t.message, agent::link_selection);
  t.subnet_selection = link ? link : t.address_option(dhcp4::subnet_selection);
  const auto selector = t.subnet_selection.value_or(header.giaddr.unspecified() ? header.ciaddr : header.giaddr);
  const bool by_ciaddr = !t.subnet_selection && header.giaddr.unspecified();
  const bool there_already =
      by_ciaddr && std::ranges::any_of(t.candidates, [&](const Range* range) { return range->on_subnet(selector); });
  if (!selector.unspecified() && !there_already) {
    const auto router = agent_address(t.message, agent::server_id_override).value_or(header.giaddr);
    auto found = ranges_.of_selector(selector, t.local, router);
    if (!header.giaddr.unspecified()) ranges_.add_shared(found, header.giaddr, t.local);
    if (!found.empty() || !by_ciaddr) t.candidates = std::move(found);
  }
  if (t.type == wire::Dhcp4Type::lease_query) return true;
  if (t.candidates.empty()) {
    if (t.subnet_selection) {
      log_.write(log::dhcp_no_range_for_selector(*t.subnet_selection));
    } else {
      log_.write(log::dhcp_no_range(header.giaddr.unspecified() ? t.interface : header.giaddr.to_string()));
    }
    return false;
  }
  if (dhcp_.log_dhcp) log_candidates(t);
  return true;
}

void Engine::Server::log_candidates(const Transaction& t) const {
  const auto xid = t.message.header.xid;
  for (const auto* range : t.candidates) {
    log_.write(range->dynamic()
                   ? log::dhcp_available_range(xid, range->config->start, range->config->end)
                   : log::dhcp_available_subnet(xid, range->config->start, range->netmask.value_or(Ipv4{})));
  }
}

void Engine::Server::set_tags(Transaction& t) const {
  t.tags.add(t.interface);
  if (const auto option = t.message.option(dhcp4::vendor_identifying, 5)) {
    const auto data = enterprise_data(*option, broadband_forum);
    if (data && wire::find_dhcp4_option(*data, 1, 1) && wire::find_dhcp4_option(*data, 2, 1)) t.tags.add("cpewan-id");
  }
  set_agent_tags(t);
  for (const auto& line : NewestFirst{settings_.dhcp_matching.macs}) {
    if (hardware_matches(line.hardware, t.hardware)) t.tags.add(line.set_tag);
  }
  set_match_tags(t);
  if (dhcp_.log_dhcp) log_classes(t);
}

void Engine::Server::set_agent_tags(Transaction& t) const {
  const auto information = agent_information(t.message);
  for (const auto& line : NewestFirst{settings_.dhcp_matching.relay_agents}) {
    const auto value = wire::find_dhcp4_option(information, static_cast<std::uint8_t>(line.sub_option), 0);
    if (value && std::ranges::equal(line.value, *value)) t.tags.add(line.set_tag);
  }
}

void Engine::Server::set_match_tags(Transaction& t) const {
  const auto& matching = settings_.dhcp_matching;
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

void Engine::Server::log_classes(const Transaction& t) const {
  const auto xid = t.message.header.xid;
  if (const auto option = t.message.option(dhcp4::vendor_class, 1)) {
    log_.write(log::dhcp_vendor_class(xid, printable(*option)));
  }
  if (const auto option = t.message.option(dhcp4::user_class, 1)) {
    log_.write(log::dhcp_user_class(xid, printable(user_class_text(*option))));
  }
}

void Engine::Server::find_host(Transaction& t) {
  const auto tags = t.tags.with(settings_.dhcp_matching.tag_ifs);
  t.host = hosts_.find({t.hardware, t.client_id, tags, &t.candidates});
  if (t.host) {
    t.tags.add("known");
  } else if (hosts_.find({t.hardware, t.client_id, tags, nullptr})) {
    t.tags.add("known-othernet");
  }
}

void Engine::Server::find_host_by_name(Transaction& t) {
  if (!t.name.name.empty()) {
    if (dhcp_.log_dhcp) log_.write(log::dhcp_client_name(t.message.header.xid, t.name.name));
    for (const auto& line : NewestFirst{settings_.dhcp_matching.name_matches}) {
      const auto sent = std::string_view{t.name.name};
      if (same_name(line.prefix ? sent.substr(0, line.name.size()) : sent, line.name)) t.tags.add(line.set_tag);
    }
    if (!t.host) {
      const auto tags = t.tags.with(settings_.dhcp_matching.tag_ifs);
      t.host = hosts_.find_by_name({t.hardware, t.client_id, tags, &t.candidates}, split_name(t.name.name).host);
      t.host_found_by_name = t.host != nullptr;
      if (t.host) t.tags.add("known");
    }
  }
  if (t.host) t.tags.add_line(t.host->config->set_tags);
}

bool Engine::Server::ignored(const Transaction& t) const {
  return (t.host && t.host->config->ignore) || any_applies(dhcp_.ignore, t.all_tags, Untagged::never);
}

Ipv4 Engine::Server::server_id(const Transaction& t, const Range* range) const {
  if (t.server_id_override) return *t.server_id_override;
  if (range) return range->local;
  return t.candidates.empty() ? t.local : t.candidates.front()->local;
}

bool Engine::Server::our_server_id(const Transaction& t) const {
  if (!t.server_identifier) return false;
  if (t.server_id_override) return *t.server_identifier == *t.server_id_override;
  return std::ranges::any_of(t.candidates, [&](const Range* range) { return range->local == *t.server_identifier; });
}

const Lease* Engine::Server::lease_of(const Transaction& t) const {
  return leases_.find_client(t.hardware, t.client_id);
}

TagSet Engine::Server::tags_with_range(const Transaction& t, const Range* range) const {
  auto tags = t.tags;
  if (range) tags.add(range->config->set_tag);
  return tags.with(settings_.dhcp_matching.tag_ifs);
}

}  // namespace swapmasq::dhcp
