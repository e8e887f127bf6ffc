#include "dhcp/replies.hpp"

#include <algorithm>
#include <utility>

#include "dhcp/put_option.hpp"
#include "dhcp/reply_log.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

// Option 57 counts the IP and UDP headers, too.
constexpr std::size_t ip_udp_headers = 28, smallest_limit = 548, largest_limit = 16384;
constexpr std::size_t bootp_size = 300;  // with a vendor area of 64 octets

std::size_t reply_limit(const wire::Dhcp4Message& message) {
  const auto option = message.option(dhcp4::maximum_size, 2);
  if (!option) return smallest_limit;
  const std::size_t size = wire::Reader{*option}.u16().value_or(0);
  if (size < ip_udp_headers) return largest_limit;
  return std::clamp(size - ip_udp_headers, smallest_limit, largest_limit);
}

}  // namespace

Replies::Replies(const settings::Settings& settings, const ReplyOptions& options, const Naming& naming,
                 const TransactionLog& transactions, log::Log& log, Random random, std::vector<Action>& actions)
    : dhcp_(settings.dhcp),
      tag_ifs_(settings.dhcp_matching.tag_ifs),
      options_(options),
      naming_(naming),
      transactions_(transactions),
      log_(log),
      random_(std::move(random)),
      actions_(actions) {}

wire::Dhcp4Reply Replies::start(const Transaction& t) const {
  const bool overload = t.parameter_list && !dhcp_.no_override;
  return start(t, overload ? wire::Dhcp4Reply::Overload::allowed : wire::Dhcp4Reply::Overload::forbidden);
}

wire::Dhcp4Reply Replies::start(const Transaction& t, wire::Dhcp4Reply::Overload overload) {
  wire::Dhcp4Reply reply{reply_limit(t.message), overload, t.echo_agent_information ? t.agent_information : ByteView{}};
  reply.header = t.message.header;
  reply.header.op = dhcp4::boot_reply;
  reply.header.siaddr = {};
  return reply;
}

wire::Dhcp4Reply Replies::start_bootp(const Transaction& t) {
  wire::Dhcp4Reply reply{bootp_size, wire::Dhcp4Reply::Overload::forbidden, {}};
  reply.header = t.message.header;
  reply.cookie = t.message.cookie().value_or(reply.cookie);
  reply.header.op = dhcp4::boot_reply;
  return reply;
}

void Replies::add_message_options(wire::Dhcp4Reply& reply, wire::Dhcp4Type type, Ipv4 server_id,
                                  std::optional<settings::LeaseTime> lease) const {
  put_option(reply, dhcp4::message_type, Bytes{static_cast<std::uint8_t>(type)}, log_);
  put_option(reply, dhcp4::server_identifier, server_id.octets(), log_);
  if (lease) put_option(reply, dhcp4::lease_time, Ipv4{*lease}.octets(), log_);
}

void Replies::add_client_options(wire::Dhcp4Reply& reply, const Transaction& t, const Grant& grant) const {
  if (any_applies(dhcp_.broadcast, t.tags, Untagged::applies)) reply.header.flags |= dhcp4::broadcast_flag;
  const auto range_tags = t.tags_with_range(grant.range, tag_ifs_);
  const auto domain = naming_.domain_of(grant.address);
  options_.add(reply, {.client = t,
                       .range = grant.range,
                       .tags = t.all_tags,
                       .range_tags = range_tags,
                       .name = grant.name,
                       .domain = domain,
                       .lease = grant.lease,
                       .renew_earlier_by = grant.renewal ? random_() & 0xffffU : 0});
}

Send Replies::addressed(const Transaction& t, wire::Dhcp4Reply& reply) const {
  Send action;
  direct(action, t, reply.header);
  if (t.reply_to_source) reply.header.giaddr = limited_broadcast;
  action.bytes = reply.finish();
  if (dhcp_.log_dhcp) log_reply(log_, action.bytes);
  transactions_.answered(t, action.bytes);
  return action;
}

void Replies::direct(Send& action, const Transaction& t, const wire::Dhcp4Header& header) const {
  const auto source = t.source.address.is_v4() ? t.source.address.v4() : Ipv4{};
  action.from_pxe_port = t.pxe_port;
  const auto go = [&](Ipv4 address, std::uint16_t port) {
    action.destination = address;
    action.port = port;
  };
  if (t.pxe_port) {
    go(header.ciaddr.unspecified() ? source : header.ciaddr, t.source.port);
  } else if (t.reply_to_source) {
    go(source, t.source.port);
  } else if (!header.giaddr.unspecified()) {
    go(header.giaddr, dhcp_.server_port);
  } else if (!header.ciaddr.unspecified()) {
    const bool from_there = t.type == wire::Dhcp4Type::inform || source == header.ciaddr;
    if (from_there && t.source.port != 0 && !source.unspecified()) {
      go(source, t.source.port);
    } else {
      go(header.ciaddr, dhcp_.client_port);
    }
  } else {
    deliver_on_link(action, header, t.arrival_interface, dhcp_.client_port);
  }
}

}  // namespace swapmasq::dhcp
