#include "dhcp/reply_options.hpp"

#include "dhcp/put_option.hpp"
#include "dhcp/reply_log.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using settings::DhcpOption;

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

void ReplyOptions::add(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  using Lines = ConfiguredOptions::Lines;
  const auto& client = context.client;
  const auto selection = configured_.select(context, Lines::all);
  if (settings_.dhcp.log_dhcp) log_requested_options(log_, client);
  boot_.add(reply, context, selection);
  if (client.subnet_selection) {
    put_option(reply, dhcp4::subnet_selection, client.subnet_selection->octets(), log_);
  }
  add_times(reply, context, selection);
  add_defaults(reply, context, selection);
  const auto* sent_class = configured_.add(reply, context, selection);
  configured_.add_encapsulated(reply, context, Lines::all);
  if (client.pxe_client()) {
    pxe_.add(reply, context);
  } else {
    add_vendor(reply, context, sent_class);
  }
}

void ReplyOptions::add_for_query(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  auto selection = configured_.select(context, ConfiguredOptions::Lines::all);
  std::erase_if(selection, [&](const DhcpOption* option) { return !context.client.requests(option->code); });
  if (settings_.dhcp.log_dhcp) log_requested_options(log_, context.client);
  add_defaults(reply, context, selection);
  const auto* sent_class = configured_.add(reply, context, selection);
  configured_.add_encapsulated(reply, context, ConfiguredOptions::Lines::all);
  const auto& client = context.client;
  if (!sent_class && !client.vendor_class.empty() && client.requests_vendor_options()) {
    put_option(reply, dhcp4::vendor_class, client.vendor_class, log_);
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
  put_option(reply, dhcp4::renewal_time, times.view().first(4), log_);
  put_option(reply, dhcp4::rebinding_time, times.view().last(4), log_);
}

void ReplyOptions::add_defaults(wire::Dhcp4Reply& reply, const ReplyContext& context,
                                const Selection& selection) const {
  const auto& client = context.client;
  const bool terminated = client.name.nul_terminated;
  const auto open = [&](std::uint8_t code) { return find(selection, code) == nullptr; };
  // Clients are told these two whatever they ask for.
  const auto always = [&](std::uint8_t code) {
    return client.type != wire::Dhcp4Type::lease_query || client.requests(code);
  };
  if (const auto* range = context.range) {
    if (open(dhcp4::netmask) && range->netmask && always(dhcp4::netmask))
      put_option(reply, dhcp4::netmask, range->netmask->octets(), log_);
    if (open(dhcp4::broadcast) && range->broadcast && always(dhcp4::broadcast)) {
      put_option(reply, dhcp4::broadcast, range->broadcast->octets(), log_);
    }
    if (open(dhcp4::router) && !range->router.unspecified() && client.requests(dhcp4::router)) {
      put_option(reply, dhcp4::router, range->router.octets(), log_);
    }
    if (open(dhcp4::dns_server) && settings_.dns.port == 53 && client.requests(dhcp4::dns_server)) {
      put_option(reply, dhcp4::dns_server, range->local.octets(), log_);
    }
  }
  if (open(dhcp4::domain_name) && !context.domain.empty() && client.requests(dhcp4::domain_name)) {
    put_text(reply, dhcp4::domain_name, context.domain, terminated, log_);
  }
  if (context.name.empty()) return;
  if (open(dhcp4::host_name) && client.requests(dhcp4::host_name)) {
    put_text(reply, dhcp4::host_name, context.name, terminated, log_);
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
  put_option(reply, dhcp4::client_fqdn, out.view(), log_);
}

void ReplyOptions::add_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context,
                              const DhcpOption* sent_class) const {
  const auto& client = context.client;
  const auto vendor_class = sent_class ? ByteView{sent_class->data} : client.vendor_class;
  if (vendor_class.empty()) return;
  const auto configured = configured_.vendor_options(context, vendor_class);
  if (configured.members.empty() || (!client.requests_vendor_options() && !configured.forced)) return;
  put_sub_options(reply, dhcp4::vendor_encapsulated, configured.members, log_);
  if (!sent_class) put_option(reply, dhcp4::vendor_class, client.vendor_class, log_);
}

}  // namespace swapmasq::dhcp
