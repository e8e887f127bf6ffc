// The arguments of options that change what is sent to upstream servers, and how: add-subnet, add-mac, umbrella,
// fast-dns-retry, rebind-domain-ok (spec config-language.md 9.8, 9.9).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "settings/dns_filters.hpp"

namespace swapmasq::grammar {

Result<settings::AddSubnet> parse_add_subnet(std::string_view argument);
Result<settings::AddMac> parse_add_mac(std::string_view argument);
Result<settings::Umbrella> parse_umbrella(std::string_view argument);
Result<settings::FastRetry> parse_fast_dns_retry(std::string_view argument);
// An empty name stands for all names without a dot. Illegal names are left out, as dnsmasq leaves them without effect.
Result<std::vector<std::string>> parse_rebind_domain_ok(std::string_view argument);

}  // namespace swapmasq::grammar
