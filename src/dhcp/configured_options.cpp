#include "dhcp/configured_options.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "dhcp/newest_first.hpp"
#include "dhcp/put_option.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using settings::DhcpOption;
using Scope = DhcpOption::Scope;

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

// 0: the tags do not hold; 1: no tags; 2: tags that hold with the tag of the range; 3: tags that hold without it, too.
int rank(const DhcpOption& option, const ReplyContext& context) {
  if (option.filters.empty()) return 1;
  if (!context.range_tags.matches(option.filters)) return 0;
  return context.tags.matches(option.filters) ? 3 : 2;
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

bool terminated(const DhcpOption& option, const ReplyContext& context) {
  return option.encoding == DhcpOption::Encoding::text && context.client.name.nul_terminated;
}

Bytes value_of(const DhcpOption& option, const ReplyContext& context) {
  if (option.encoding == DhcpOption::Encoding::addresses && context.range) {
    return with_own_address(option.data, context.range->local);
  }
  auto data = option.data;
  const bool always_terminated = option.code == dhcp4::server_name || option.code == dhcp4::bootfile_name;
  if (always_terminated || terminated(option, context)) data.push_back(0);
  return data;
}

// As part of another option.
SubOption member(const DhcpOption& option, const ReplyContext& context) {
  auto data = option.data;
  if (option.scope != Scope::vendor_identifying && terminated(option, context)) data.push_back(0);
  return {static_cast<std::uint8_t>(option.code), std::move(data)};
}

}  // namespace

const DhcpOption* find(const Selection& selection, std::uint32_t code) {
  const auto it = std::ranges::find(selection, code, &DhcpOption::code);
  return it == selection.end() ? nullptr : *it;
}

Selection ConfiguredOptions::select(const ReplyContext& context, Lines lines) const {
  struct Best {
    const DhcpOption* option = nullptr;
    int rank = 0;
  };
  std::map<std::uint32_t, Best> best;
  std::vector<std::uint32_t> duplicates;
  for (const auto& option : NewestFirst{in_force()}) {
    if (option.scope != Scope::plain || option.dhcp6) continue;
    if (option.pxe_only ? !context.client.pxe_client() : lines == Lines::pxe_only) continue;
    auto& so_far = best[option.code];
    const auto here = rank(option, context);
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
  for (const auto& option : in_force()) {
    if (const auto it = best.find(option.code); it != best.end() && it->second.option == &option) {
      selection.push_back(&option);
    }
  }
  return selection;
}

const DhcpOption* ConfiguredOptions::add(wire::Dhcp4Reply& reply, const ReplyContext& context,
                                         const Selection& selection) const {
  const bool boot_fields_from_options = last_fitting(dhcp_.boots, context.range_tags) == nullptr;
  const DhcpOption* sent_class = nullptr;
  for (const auto* option : NewestFirst{selection}) {
    const auto code = option->code;
    if (never_sent(code) || !wanted(*option, context.client)) continue;
    if (option->data.empty() && empty_means_absent(code)) continue;
    if (code == dhcp4::vendor_class && context.client.pxe_client()) continue;
    const bool boot_field = code == dhcp4::server_name || code == dhcp4::bootfile_name;
    if (boot_field && boot_fields_from_options && !option->forced && !context.client.parameter_list) continue;
    const bool sent = put_option(reply, code, value_of(*option, context), log_);
    if (sent && code == dhcp4::vendor_class) sent_class = option;
  }
  return sent_class;
}

void ConfiguredOptions::add_encapsulated(wire::Dhcp4Reply& reply, const ReplyContext& context, Lines lines) const {
  std::vector<std::pair<Scope, std::uint32_t>> done;
  for (const auto& leader : NewestFirst{in_force()}) {
    if (leader.dhcp6 || (leader.scope != Scope::encapsulated && leader.scope != Scope::vendor_identifying)) continue;
    const std::pair group{leader.scope, leader.encapsulating};
    if (std::ranges::find(done, group) != done.end()) continue;
    done.push_back(group);
    const auto members = group_of(leader, context, lines);
    if (members.empty()) continue;
    if (leader.scope == Scope::vendor_identifying) {
      put_enterprise_options(reply, leader.encapsulating, members, log_);
    } else {
      put_sub_options(reply, leader.encapsulating, members, log_);
    }
  }
}

// The options that go into the same outer option as this one.
SubOptions ConfiguredOptions::group_of(const DhcpOption& leader, const ReplyContext& context, Lines lines) const {
  const auto outer =
      leader.scope == Scope::vendor_identifying ? std::uint32_t{dhcp4::vendor_identifying} : leader.encapsulating;
  const bool requested = context.client.requests(outer);
  SubOptions members;
  for (const auto& option : NewestFirst{in_force()}) {
    if (option.dhcp6 || option.scope != leader.scope || option.encapsulating != leader.encapsulating) continue;
    if (!context.range_tags.matches(option.filters) || (lines == Lines::pxe_only && !option.pxe_only)) continue;
    if (option.forced || requested) members.push_back(member(option, context));
  }
  return members;
}

ConfiguredOptions::VendorOptions ConfiguredOptions::vendor_options(const ReplyContext& context,
                                                                   ByteView vendor_class) const {
  VendorOptions found;
  const auto text = to_text(vendor_class);
  for (const auto& option : NewestFirst{in_force()}) {
    if (option.dhcp6 || option.scope != Scope::vendor || !context.range_tags.matches(option.filters)) continue;
    if (text.find(option.vendor_class) == std::string::npos) continue;
    found.members.push_back(member(option, context));
    found.forced = found.forced || option.forced;
  }
  append(found.members, pxe_menu_.prompts(vendor_class, context.range_tags));
  return found;
}

}  // namespace swapmasq::dhcp
