// Which interfaces and addresses are served (spec daemon.md section 10).
#include <array>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/interfaces.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Net;

Applied bind_interfaces(Draft& draft, Argument /*argument*/) {
  draft.bind_interfaces = true;
  return {};
}

Applied bind_dynamic(Draft& draft, Argument /*argument*/) {
  draft.bind_dynamic = true;
  return {};
}

Applied local_service(Draft& draft, Argument argument) {
  if (!argument || *argument == "net") {
    draft.local_service_net = true;
  } else if (*argument == "host") {
    draft.local_service_host = true;
  } else {
    return grammar::refused("");
  }
  return {};
}

template <bool Dhcp4, bool Dhcp6>
Applied no_dhcp(Draft& draft, Argument argument) {
  auto names = grammar::parse_interfaces(argument.value_or(""));
  if (!names) return tl::unexpected(names.error());
  for (auto& name : *names) draft.settings.net.no_dhcp.push_back({std::move(name), Dhcp4, Dhcp6});
  return {};
}

constexpr std::array handlers{
    Handler{Option::interface, append_all<&Net::interfaces, grammar::parse_interfaces>},
    Handler{Option::except_interface, append_all<&Net::except_interfaces, grammar::parse_interfaces>},
    Handler{Option::listen_address, append_all<&Net::listen_addresses, grammar::parse_addresses>},
    Handler{Option::no_dhcp_interface, no_dhcp<true, true>},
    Handler{Option::no_dhcpv4_interface, no_dhcp<true, false>},
    Handler{Option::no_dhcpv6_interface, no_dhcp<false, true>},
    Handler{Option::bind_interfaces, bind_interfaces},
    Handler{Option::bind_dynamic, bind_dynamic},
    Handler{Option::local_service, local_service},
};

}  // namespace

std::span<const Handler> net_options() { return handlers; }

}  // namespace swapmasq::config
