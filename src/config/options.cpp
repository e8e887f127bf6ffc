#include "config/options.hpp"

#include <array>

namespace swapmasq::config {

namespace {

using Handlers = std::array<Apply, grammar::option_count>;

Handlers all_handlers() {
  Handlers handlers{};
  for (const auto area : {daemon_options(), net_options(), dns_options(), dns_answer_options(), dns_record_options(),
                          dns_query_options(), auth_options(), dnssec_options(), dhcp_options(), dhcp_tag_options(),
                          dhcp_file_options(), dhcp6_options(), tftp_options()}) {
    for (const auto& [option, apply] : area) handlers[grammar::index_of(option)] = apply;
  }
  return handlers;
}

}  // namespace

Apply handler_of(grammar::Option option) {
  static const Handlers handlers = all_handlers();
  return handlers[grammar::index_of(option)];
}

}  // namespace swapmasq::config
