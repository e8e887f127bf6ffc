#include "dhcp/reply_options.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "dhcp/newest_first.hpp"
#include "dhcp/put_option.hpp"
#include "dhcp/reply_log.hpp"
#include "log/dhcp_lines.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using settings::DhcpOption;
using Scope = DhcpOption::Scope;

constexpr std::uint32_t next_server_code = 255;  // dhcp-option=option:server-ip-address
constexpr std::size_t longest_option = 255;
constexpr std::size_t longest_enterprise_data = 250;

const DhcpOption* find(const std::vector<const DhcpOption*>& selection, std::uint32_t code) {
  const auto it = std::ranges::find_if(selection, [&](const auto* option) { return option->code == code; });
  return it == selection.end() ? nullptr : *it;
}

// Options that are the server's own business even when they are configured.
bool never_sent(std::uint32_t code) {
  return code == dhcp4::pad || code == dhcp4::overload || code == dhcp4::maximum_size || code == dhcp4::client_fqdn ||
         code == dhcp4::end || code == dhcp4::renewal_time || code == dhcp4::rebinding_time;
}

// Options whose empty form only takes away the default.
bool empty_means_absent(std::uint32_t code) {
  return code == dhcp4::netmask || code == dhcp4::broadcast || code == dhcp4::router || code == dhcp4::dns_server ||
         code == dhcp4::domain_name || code == dhcp4::host_name;
}

bool wanted(const DhcpOption& option, const Transaction& client) {
  return option.forced || client.requests(option.code);
}

// An address list in which 0.0.0.0 stands for the server.
Bytes with_own_address(ByteView addresses, Ipv4 local) {
  wire::Writer out;
  wire::Reader in{addresses};
  while (const auto address = in.ipv4()) out.ipv4(address->unspecified() ? local : *address);
  return out.take();
}

Bytes value_of(const DhcpOption& option, const ReplyContext& context) {
  if (option.encoding == DhcpOption::Encoding::addresses && context.range) {
    return with_own_address(option.data, context.range->local);
  }
  auto data = option.data;
  const bool always_terminated = option.code == dhcp4::server_name || option.code == dhcp4::bootfile_name;
  const bool text = option.encoding == DhcpOption::Encoding::text;
  if (always_terminated || (text && context.client.name.nul_terminated)) data.push_back(0);
  return data;
}

std::optional<std::uint32_t> configured_time(const DhcpOption* option, std::uint32_t lease) {
  if (!option) return std::nullopt;
  const auto value = wire::Reader{option->data}.u32();
  return value && *value > 2 && *value < lease ? value : std::nullopt;
}

void put_labels(wire::Writer& out, std::string_view name) {
  while (!name.empty()) {
    const auto [label, rest] = split_name(name);
    out.u8(static_cast<std::uint8_t>(label.size()));
    out.bytes(to_bytes(label));
    name = rest;
  }
}

}  // namespace

ReplyOptions::Selection ReplyOptions::select(const ReplyContext& context, Lines lines) const {
  struct Best {
    const DhcpOption* option = nullptr;
    int rank = 0;
  };
  // 1: no tags; 2: tags that hold with the tag of the range; 3: tags that hold without it, too.
  const auto rank = [&](const DhcpOption& option) {
    if (option.filters.empty()) return 1;
    if (!context.range_tags.matches(option.filters)) return 0;
    return context.tags.matches(option.filters) ? 3 : 2;
  };
  std::map<std::uint32_t, Best> best;
  std::vector<std::uint32_t> duplicates;
  const auto& options = settings_.dhcp.options;
  for (const auto& option : NewestFirst{options}) {
    if (option.scope != Scope::plain || option.dhcp6) continue;
    if (option.pxe_only ? !context.client.pxe_client() : lines == Lines::pxe_only) continue;
    auto& so_far = best[option.code];
    const auto here = rank(option);
    if (here > so_far.rank) {
      so_far = {&option, here};
    } else if (here == 1 && so_far.rank == 1) {
      duplicates.push_back(option.code);
    }
  }
  for (const auto code : duplicates) {
    if (best[code].rank == 1) log_.write(log::dhcp_duplicate_option(code));
  }
  Selection selection;
  for (const auto& option : options) {
    if (const auto it = best.find(option.code); it != best.end() && it->second.option == &option) {
      selection.push_back(&option);
    }
  }
  return selection;
}

const settings::DhcpBoot* ReplyOptions::select_boot(const TagSet& tags) const {
  return last_fitting(settings_.dhcp.boots, tags);
}

// Nothing when none is given; a name without address is the server 0.0.0.0.
std::optional<Ipv4> ReplyOptions::next_server(const settings::DhcpBoot& boot) const {
  if (boot.server_host.empty()) return boot.server;
  const auto addresses = names_.addresses_of(boot.server_host);
  if (!addresses.empty()) return addresses.front();
  log_.write(log::dhcp_server_not_found(boot.server_host));
  return Ipv4{};
}

void ReplyOptions::put(wire::Dhcp4Reply& reply, std::uint32_t code, ByteView data) const {
  put_option(reply, code, data, log_);
}

void ReplyOptions::put_address(wire::Dhcp4Reply& reply, std::uint8_t code, Ipv4 address) const {
  put(reply, code, address.octets());
}

void ReplyOptions::put_text(wire::Dhcp4Reply& reply, std::uint8_t code, std::string_view text, bool terminated) const {
  auto data = to_bytes(text);
  if (terminated) data.push_back(0);
  put(reply, code, data);
}

void ReplyOptions::add_boot(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const {
  const auto& client = context.client;
  reply.header.siaddr = context.range ? context.range->local : Ipv4{};
  if (const auto* boot = select_boot(context.range_tags)) {
    const auto place = [&](std::uint8_t code, std::string_view text, auto set_field) {
      if (text.empty()) return;
      if (client.type != wire::Dhcp4Type::bootp && client.parameter_list && client.requests(code) &&
          !settings_.dhcp.no_override) {
        put_text(reply, code, text, true);
      } else {
        set_field(text);
      }
    };
    place(dhcp4::server_name, boot->server_name, [&](auto text) { reply.set_sname(text); });
    place(dhcp4::bootfile_name, boot->file, [&](auto text) { reply.set_file(text); });
    if (const auto server = next_server(*boot)) reply.header.siaddr = *server;
    return;
  }
  const auto field = [&](std::uint8_t code, auto set_field) {
    const auto* option = find(selection, code);
    const bool requested = client.parameter_list && client.requests(code);
    if (option && !requested && !option->forced) set_field(to_text(option->data));
  };
  field(dhcp4::bootfile_name, [&](const auto& text) { reply.set_file(text); });
  field(dhcp4::server_name, [&](const auto& text) { reply.set_sname(text); });
  if (const auto* option = find(selection, next_server_code)) {
    if (const auto address = wire::Reader{option->data}.ipv4()) reply.header.siaddr = *address;
  }
}

void ReplyOptions::add_times(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const {
  if (!context.lease || *context.lease == settings::infinite_lease) return;
  const auto lease = *context.lease;
  auto renewal = configured_time(find(selection, dhcp4::renewal_time), lease).value_or(lease / 2);
  auto rebinding = configured_time(find(selection, dhcp4::rebinding_time), lease)
                       .value_or(static_cast<std::uint32_t>(std::uint64_t{lease} * 7 / 8));
  if (rebinding <= renewal) renewal = rebinding - 1;
  auto earlier = context.renew_earlier_by;
  while (earlier > renewal / 8) earlier /= 2;
  wire::Writer times;
  times.u32(renewal - earlier);
  times.u32(rebinding - earlier);
  put(reply, dhcp4::renewal_time, times.view().first(4));
  put(reply, dhcp4::rebinding_time, times.view().last(4));
}

void ReplyOptions::add_defaults(wire::Dhcp4Reply& reply, const ReplyContext& context,
                                const Selection& selection) const {
  const auto& client = context.client;
  const bool terminated = client.name.nul_terminated;
  const auto open = [&](std::uint8_t code) { return find(selection, code) == nullptr; };
  if (const auto* range = context.range) {
    if (open(dhcp4::netmask) && range->netmask) put_address(reply, dhcp4::netmask, *range->netmask);
    if (open(dhcp4::broadcast) && range->broadcast) put_address(reply, dhcp4::broadcast, *range->broadcast);
    if (open(dhcp4::router) && !range->router.unspecified() && client.requests(dhcp4::router)) {
      put_address(reply, dhcp4::router, range->router);
    }
    if (open(dhcp4::dns_server) && settings_.dns.port == 53 && client.requests(dhcp4::dns_server)) {
      put_address(reply, dhcp4::dns_server, range->local);
    }
  }
  if (open(dhcp4::domain_name) && !context.domain.empty() && client.requests(dhcp4::domain_name)) {
    put_text(reply, dhcp4::domain_name, context.domain, terminated);
  }
  if (context.name.empty()) return;
  if (open(dhcp4::host_name) && client.requests(dhcp4::host_name)) {
    put_text(reply, dhcp4::host_name, context.name, terminated);
  }
  if (client.name.fqdn_flags) add_fqdn(reply, context);
}

void ReplyOptions::add_fqdn(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  auto flags = static_cast<unsigned>(*context.client.name.fqdn_flags) & 0x0fU;
  if (settings_.dhcp.client_update) {
    if ((flags & fqdn_server_updates) != 0) flags = (flags & ~unsigned{fqdn_server_updates}) | fqdn_override;
    flags |= fqdn_no_update;
  } else {
    if ((flags & fqdn_server_updates) == 0) flags |= fqdn_server_updates | fqdn_override;
    flags &= ~unsigned{fqdn_no_update};
  }
  wire::Writer out;
  out.u8(static_cast<std::uint8_t>(flags));
  out.fill(2, 255);
  if ((flags & fqdn_encoded) != 0) {
    put_labels(out, context.name);
    if (!context.domain.empty()) {
      put_labels(out, context.domain);
      out.u8(0);
    }
  } else {
    out.bytes(to_bytes(context.name));
    if (!context.domain.empty()) out.bytes(to_bytes("." + std::string{context.domain}));
    if (context.client.name.nul_terminated) out.u8(0);
  }
  put(reply, dhcp4::client_fqdn, out.view());
}

const DhcpOption* ReplyOptions::add_configured(wire::Dhcp4Reply& reply, const ReplyContext& context,
                                               const Selection& selection) const {
  const bool boot_fields_from_options = select_boot(context.range_tags) == nullptr;
  const DhcpOption* sent_class = nullptr;
  for (const auto* option : NewestFirst{selection}) {
    const auto code = option->code;
    if (never_sent(code) || !wanted(*option, context.client)) continue;
    if (option->data.empty() && empty_means_absent(code)) continue;
    if (code == dhcp4::vendor_class && context.client.pxe_client()) continue;
    const bool boot_field = code == dhcp4::server_name || code == dhcp4::bootfile_name;
    if (boot_field && boot_fields_from_options && !option->forced && !context.client.parameter_list) continue;
    put(reply, code, value_of(*option, context));
    if (code == dhcp4::vendor_class) sent_class = option;
  }
  return sent_class;
}

void ReplyOptions::add_encapsulated(wire::Dhcp4Reply& reply, const ReplyContext& context, Lines lines) const {
  const auto& client = context.client;
  std::vector<std::pair<Scope, std::uint32_t>> done;
  const NewestFirst newest_first{settings_.dhcp.options};
  for (const auto& leader : newest_first) {
    if (leader.dhcp6 || (leader.scope != Scope::encapsulated && leader.scope != Scope::vendor_identifying)) continue;
    const std::pair group{leader.scope, leader.encapsulating};
    if (std::ranges::find(done, group) != done.end()) continue;
    done.push_back(group);
    const bool enterprise = leader.scope == Scope::vendor_identifying;
    const auto outer = enterprise ? std::uint32_t{dhcp4::vendor_identifying} : leader.encapsulating;
    SubOptions members;
    for (const auto& option : newest_first) {
      if (option.dhcp6 || option.scope != leader.scope || option.encapsulating != leader.encapsulating) continue;
      if (!context.range_tags.matches(option.filters) || (lines == Lines::pxe_only && !option.pxe_only)) continue;
      if (option.forced || client.requests(outer)) {
        members.push_back({static_cast<std::uint8_t>(option.code), option.data});
      }
    }
    if (members.empty()) continue;
    if (enterprise) {
      put_enterprise(reply, leader.encapsulating, members);
    } else {
      put_suboptions(reply, outer, members);
    }
  }
}

void ReplyOptions::put_suboptions(wire::Dhcp4Reply& reply, std::uint32_t code, const SubOptions& members) const {
  wire::Writer chunk{longest_option};
  for (const auto& member : members) {
    if (chunk.room() < member.data.size() + 2) {
      put(reply, code, chunk.view());
      chunk.roll_back(0);
    }
    chunk.u8(member.code);
    chunk.u8(static_cast<std::uint8_t>(member.data.size()));
    chunk.bytes(member.data);
  }
  chunk.u8(dhcp4::end);  // left out when a single member fills the option
  put(reply, code, chunk.view());
}

void ReplyOptions::put_enterprise(wire::Dhcp4Reply& reply, std::uint32_t enterprise, const SubOptions& members) const {
  wire::Writer data;
  for (const auto& member : members) {
    data.u8(member.code);
    data.u8(static_cast<std::uint8_t>(member.data.size()));
    data.bytes(member.data);
  }
  if (data.size() > longest_enterprise_data) {
    log_.write(log::dhcp_too_many_vendor_options(enterprise));
    return;
  }
  wire::Writer out;
  out.u32(enterprise);
  out.u8(static_cast<std::uint8_t>(data.size()));
  out.bytes(data.view());
  put(reply, dhcp4::vendor_identifying, out.view());
}

ReplyOptions::VendorOptions ReplyOptions::vendor_options(const ReplyContext& context, ByteView vendor_class) const {
  VendorOptions found;
  const auto text = to_text(vendor_class);
  for (const auto& option : NewestFirst{settings_.dhcp.options}) {
    if (option.dhcp6 || option.scope != Scope::vendor || !context.range_tags.matches(option.filters)) continue;
    if (text.find(option.vendor_class) == std::string::npos) continue;
    found.members.push_back({static_cast<std::uint8_t>(option.code), option.data});
    found.forced = found.forced || option.forced;
  }
  std::ranges::move(pxe_menu_.prompts(vendor_class, context.range_tags), std::back_inserter(found.members));
  return found;
}

void ReplyOptions::add_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context,
                              const DhcpOption* sent_class) const {
  const auto& client = context.client;
  if (client.vendor_class.empty()) return;
  const auto configured = vendor_options(context, sent_class ? ByteView{sent_class->data} : client.vendor_class);
  const bool requested = client.requests(dhcp4::vendor_encapsulated) || client.requests(dhcp4::vendor_class);
  if (configured.members.empty() || (!requested && !configured.forced)) return;
  put_suboptions(reply, dhcp4::vendor_encapsulated, configured.members);
  if (!sent_class) put(reply, dhcp4::vendor_class, client.vendor_class);
}

void ReplyOptions::add(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto selection = select(context, Lines::all);
  if (settings_.dhcp.log_dhcp) log_requested_options(log_, context.client);
  add_boot(reply, context, selection);
  if (context.client.subnet_selection) put_address(reply, dhcp4::subnet_selection, *context.client.subnet_selection);
  add_times(reply, context, selection);
  add_defaults(reply, context, selection);
  const auto* sent_class = add_configured(reply, context, selection);
  add_encapsulated(reply, context, Lines::all);
  if (context.client.pxe_client()) {
    add_pxe_identity(reply, context.client);
    add_pxe_vendor(reply, context);
  } else {
    add_vendor(reply, context, sent_class);
  }
}

}  // namespace swapmasq::dhcp
