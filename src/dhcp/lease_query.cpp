#include "dhcp/lease_query.hpp"

#include <algorithm>

#include "dhcp/matching.hpp"
#include "dhcp/put_option.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using Type = wire::Dhcp4Type;

void put_type(wire::Dhcp4Reply& reply, Type type, log::Log& log) {
  put_option(reply, dhcp4::message_type, Bytes{static_cast<std::uint8_t>(type)}, log);
}

}  // namespace

void LeaseQuery::handle(Transaction& t, TimePoint now) {
  if (!server_.dhcp.leasequery) return;
  auto source = t.message.header.giaddr;
  if (t.reply_to_source && t.source.address.is_v4()) source = t.source.address.v4();
  if (source.unspecified()) return;
  if (!permitted(source)) {
    server_.log.write(log::dhcp_leasequery_refused(source));
    return;
  }
  const auto asked = t.message.header.ciaddr;
  const auto address = asked.unspecified() ? std::nullopt : std::optional{asked};
  server_.transactions.message(t, "DHCPLEASEQUERY", address, "from " + source.to_string(), Weight::problem);
  if (const auto* lease = address ? server_.leases.find(asked) : server_.lease_of(t)) {
    answer_active(t, *lease, now);
    return;
  }
  const auto* range = address ? available(server_.ranges.on_subnet(asked), asked, t.all_tags) : nullptr;
  auto reply = server_.replies.start(t);
  if (!range) reply.header.ciaddr = {};
  put_type(reply, range ? Type::lease_unassigned : Type::lease_unknown, server_.log);
  server_.transactions.message(t, range ? "DHCPLEASEUNASSIGNED" : "DHCPLEASEUNKNOWN", address, "", Weight::ordinary);
  server_.replies.send(t, reply);
}

bool LeaseQuery::permitted(Ipv4 source) const {
  const auto& sources = server_.dhcp.leasequery_sources;
  return sources.empty() || std::ranges::any_of(sources, [&](const auto& each) {
           return IpAddress{source}.in_prefix(each.address, each.length);
         });
}

// The client is described as if the one who has the lease had asked.
void LeaseQuery::answer_active(Transaction& t, const Lease& lease, TimePoint now) {
  t.candidates = server_.ranges.on_subnet(lease.address);
  add_agent_tags(t.tags, lease.agent_info, server_.settings.dhcp_matching);
  t.all_tags = t.tags.with(server_.settings.dhcp_matching.tag_ifs);
  t.host = server_.hosts.find({lease.hardware, lease.client_id, t.all_tags, &t.candidates});
  if (t.host) {
    t.tags.add_line(t.host->config->set_tags);
    t.all_tags = t.tags.with(server_.settings.dhcp_matching.tag_ifs);
  }
  t.name = {};
  const auto* range = narrow(t.candidates, lease.address, t.all_tags);
  const auto range_tags = server_.tags_with_range(t, range);
  if (!lease.vendor_class.empty()) t.vendor_class = lease.vendor_class;
  t.agent_information = lease.agent_info;
  t.echo_agent_information = t.requests(dhcp4::agent_information);
  const auto hardware = lease.hardware.bytes();
  t.hardware_id.assign(hardware.begin(), hardware.end());
  server_.transactions.tags(t, range_tags);
  server_.transactions.message(t, "DHCPLEASEACTIVE", lease.address, lease.name, Weight::ordinary);

  auto reply = server_.replies.start(t);
  reply.header.ciaddr = lease.address;
  reply.header.htype = lease.hardware.type;
  reply.header.hlen = lease.hardware.length;
  reply.header.chaddr = lease.hardware.octets;
  put_type(reply, Type::lease_active, server_.log);
  if (!lease.client_id.empty() && t.requests(dhcp4::client_identifier)) {
    put_option(reply, dhcp4::client_identifier, lease.client_id, server_.log);
  }
  add_times(reply, t, lease, range, now);
  server_.reply_options.add_for_query(reply, {.client = t,
                                              .range = range,
                                              .tags = t.all_tags,
                                              .range_tags = range_tags,
                                              .name = lease.name,
                                              .domain = server_.naming.domain_of(lease.address),
                                              .lease = std::nullopt});
  server_.replies.send(t, reply);
}

// Of the lease time as it is configured, which the client may have shortened.
void LeaseQuery::add_times(wire::Dhcp4Reply& reply, const Transaction& t, const Lease& lease, const Range* range,
                           TimePoint now) const {
  const auto put_time = [&](std::uint8_t code, std::int64_t seconds) {
    if (seconds > 0 && t.requests(code)) {
      put_option(reply, code, Ipv4{static_cast<std::uint32_t>(seconds)}.octets(), server_.log);
    }
  };
  if (lease.never_expires()) {
    put_time(dhcp4::lease_time, settings::infinite_lease);
    return;
  }
  const auto rest = lease.expires - seconds_of(now);
  put_time(dhcp4::lease_time, rest);
  if (!range) return;
  const std::int64_t whole = t.host && t.host->config->lease ? *t.host->config->lease : range->config->lease;
  if (whole == settings::infinite_lease) return;
  put_time(dhcp4::renewal_time, rest - whole / 2);
  put_time(dhcp4::rebinding_time, rest - whole / 8);
  put_time(dhcp4::last_transaction, whole - rest);
}

}  // namespace swapmasq::dhcp
