#include "dhcp/identification.hpp"

#include <algorithm>

#include "dhcp/matching.hpp"
#include "dhcp/newest_first.hpp"
#include "dhcp/relay_agent.hpp"
#include "log/dhcp_lines.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using Type = wire::Dhcp4Type;

constexpr std::uint8_t hardware_eui64 = 27, hardware_ieee1394 = 24;

bool readable(const wire::Dhcp4Message& message) {
  const auto& header = message.header;
  if (header.op != dhcp4::boot_request || header.hlen > header.chaddr.size()) return false;
  if (header.htype == 0 && header.hlen != 0) return false;
  const bool has_type = message.option(dhcp4::message_type, 1).has_value();
  return !has_type || message.has_cookie();
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

void add_bootp_tags(Transaction& t) {
  wire::Reader file{t.message.file()};
  t.tags.add(to_text(file.until_nul().value_or(t.message.file())));
  t.tags.add("bootp");
}

}  // namespace

bool Identification::identify(Transaction& t) const {
  if (!readable(t.message)) return false;
  read_fields(t);
  select_ranges(t);
  if (t.candidates.empty() && t.type != Type::lease_query) {
    log_no_range(t);
    transactions_.turned_away(t, TurnedAway::no_range);
    return false;
  }
  if (dhcp_.log_dhcp && t.type != Type::lease_query) log_candidates(t);

  t.tags.add(t.interface);
  add_matching_tags(t, matching_);
  if (dhcp_.log_dhcp) log_classes(t);
  find_host(t);
  if (t.type != Type::bootp) find_host_by_name(t);
  // What a lease query is told is that of the client it asks for.
  if (t.host && t.type != Type::lease_query) t.tags.add_line(t.host->config->set_tags);
  if (t.type == Type::bootp) add_bootp_tags(t);
  t.all_tags = t.tags.with(matching_.tag_ifs);
  if (t.type != Type::lease_query) transactions_.heard(t);
  return true;
}

void Identification::read_fields(Transaction& t) const {
  auto& message = t.message;
  auto& header = message.header;
  t.type = message.type();
  t.hardware = header.hardware();
  if (const auto data = message.option(dhcp4::vendor_class, 1)) t.vendor_class = *data;
  if (t.type == Type::bootp) {
    t.hardware_id = hardware_id(header, {});
    return;
  }
  t.requested_address = t.address_option(dhcp4::requested_address);
  t.server_identifier = t.address_option(dhcp4::server_identifier);
  t.parameter_list = message.option(dhcp4::parameter_request, 0);
  if (t.requested_address || t.type == Type::discover) header.ciaddr = {};
  if (t.type != Type::lease_query) t.agent_information = agent_information(message);
  t.echo_agent_information = message.has_end();
  if (wire::find_dhcp4_option(t.agent_information, agent::flags, 4)) t.unicast = false;

  if (const auto id = message.option(dhcp4::client_identifier, 1); id && !dhcp_.ignore_client_id) {
    t.client_id.assign(id->begin(), id->end());
  }
  const auto* lease = leases_.find_client(t.hardware, t.client_id);
  if (lease && t.client_id.empty()) t.client_id = lease->client_id;
  t.hardware_id = hardware_id(header, t.client_id);
  t.server_id_override = server_id_override(t);
  t.name = read_client_name(message);
  read_pxe_fields(t);
}

std::optional<Ipv4> Identification::server_id_override(const Transaction& t) const {
  if (const auto address = agent_address(t.agent_information, agent::server_id_override)) return address;
  const auto relay = t.message.header.giaddr;
  if (relay.unspecified()) return std::nullopt;
  const auto& proxied_relays = dhcp_.proxy_relays;
  const bool proxied = proxied_relays.empty() ? dhcp_.proxy_all_relays
                                              : std::ranges::find(proxied_relays, relay) != proxied_relays.end();
  return proxied ? std::optional{relay} : std::nullopt;
}

void Identification::read_pxe_fields(Transaction& t) const {
  constexpr std::size_t machine_id_size = 17;
  t.pxe_vendor = pxe_menu_.vendor_of(t.vendor_class);
  if (const auto data = t.message.option(dhcp4::client_architecture, 2)) t.architecture = wire::Reader{*data}.u16();
  if (const auto data = t.message.option(dhcp4::client_machine_id, machine_id_size)) {
    t.machine_id = data->first(machine_id_size);
  }
}

void Identification::select_ranges(Transaction& t) const {
  const auto& header = t.message.header;
  if (t.type != Type::bootp) {
    const auto link = agent_address(t.agent_information, agent::link_selection);
    t.subnet_selection = link ? link : t.address_option(dhcp4::subnet_selection);
  }
  const auto selector = t.subnet_selection.value_or(header.giaddr.unspecified() ? header.ciaddr : header.giaddr);
  const bool by_ciaddr = !t.subnet_selection && header.giaddr.unspecified();
  const bool there_already =
      by_ciaddr && std::ranges::any_of(t.candidates, [&](const Range* range) { return range->on_subnet(selector); });
  if (selector.unspecified() || there_already) return;
  const auto router = agent_address(t.agent_information, agent::server_id_override).value_or(header.giaddr);
  auto found = ranges_.of_selector(selector, t.local, router);
  if (!header.giaddr.unspecified()) ranges_.add_shared(found, header.giaddr, t.local);
  if (!found.empty() || !by_ciaddr) t.candidates = std::move(found);
}

void Identification::log_no_range(const Transaction& t) const {
  const auto relay = t.message.header.giaddr;
  if (t.subnet_selection) {
    log_.write(log::dhcp_no_range_for_selector(*t.subnet_selection));
  } else {
    log_.write(log::dhcp_no_range(relay.unspecified() ? t.interface : relay.to_string()));
  }
}

void Identification::log_candidates(const Transaction& t) const {
  const auto xid = t.message.header.xid;
  for (const auto* range : t.candidates) {
    log_.write(range->dynamic()
                   ? log::dhcp_available_range(xid, range->config->start, range->config->end)
                   : log::dhcp_available_subnet(xid, range->config->start, range->netmask.value_or(Ipv4{})));
  }
}

void Identification::log_classes(const Transaction& t) const {
  const auto xid = t.message.header.xid;
  if (const auto option = t.message.option(dhcp4::vendor_class, 1)) {
    log_.write(log::dhcp_vendor_class(xid, printable(*option)));
  }
  if (const auto option = t.message.option(dhcp4::user_class, 1)) {
    log_.write(log::dhcp_user_class(xid, printable(user_class_text(*option))));
  }
}

void Identification::find_host(Transaction& t) const {
  const auto tags = t.tags.with(matching_.tag_ifs);
  t.host = hosts_.find({t.hardware, t.client_id, tags, &t.candidates});
  if (t.host) {
    t.tags.add("known");
  } else if (hosts_.find({t.hardware, t.client_id, tags, nullptr})) {
    t.tags.add("known-othernet");
  }
}

void Identification::find_host_by_name(Transaction& t) const {
  if (t.name.name.empty()) return;
  if (dhcp_.log_dhcp) log_.write(log::dhcp_client_name(t.message.header.xid, t.name.name));
  for (const auto& line : NewestFirst{matching_.name_matches}) {
    const auto sent = std::string_view{t.name.name};
    if (same_name(line.prefix ? sent.substr(0, line.name.size()) : sent, line.name)) t.tags.add(line.set_tag);
  }
  if (t.host) return;
  const auto tags = t.tags.with(matching_.tag_ifs);
  t.host = hosts_.find_by_name({t.hardware, t.client_id, tags, &t.candidates}, split_name(t.name.name).host);
  t.host_found_by_name = t.host != nullptr;
  if (t.host) t.tags.add("known");
}

}  // namespace swapmasq::dhcp
