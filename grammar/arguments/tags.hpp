// Lists of DHCP tags (spec config-language.md section 8 "tag", 11.4).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "settings/dhcp_matching.hpp"
#include "settings/tags.hpp"

namespace swapmasq::grammar {

// dhcp-ignore, dhcp-ignore-names, dhcp-broadcast, bootp-dynamic, dhcp-generate-names
Result<settings::TagTests> parse_tag_list(std::string_view argument);
Result<settings::TagIf> parse_tag_if(std::string_view argument);
Result<settings::DhcpReplyDelay> parse_dhcp_reply_delay(std::string_view argument);

}  // namespace swapmasq::grammar
