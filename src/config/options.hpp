// What every option does to the settings: one handler per option, grouped by area.
#pragma once

#include <span>

#include "config/draft.hpp"

namespace swapmasq::config {

std::span<const Handler> daemon_options();
std::span<const Handler> net_options();
std::span<const Handler> dns_options();
std::span<const Handler> dns_answer_options();
std::span<const Handler> dns_record_options();
std::span<const Handler> dns_query_options();
std::span<const Handler> auth_options();
std::span<const Handler> dnssec_options();
std::span<const Handler> dhcp_options();
std::span<const Handler> dhcp_tag_options();
std::span<const Handler> dhcp_file_options();
std::span<const Handler> dhcp6_options();
std::span<const Handler> tftp_options();

// The handler of an option. Null for options that this build refuses and for those that act on the reading of the
// configuration itself (conf-file, conf-dir, conf-script, help, version, test).
Apply handler_of(grammar::Option option);

}  // namespace swapmasq::config
