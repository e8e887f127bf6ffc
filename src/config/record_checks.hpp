// What the record options add up to, once all of them are known (spec config-language.md section 5.4). All throw
// StartupError.
#pragma once

#include <vector>

#include "settings/dns.hpp"

namespace swapmasq::config {

// No chain of aliases may lead into a circle.
void check_cname_chains(const std::vector<settings::Cname>& cnames);
// Settles mx-target, which mx-host lines without a target get, and the own host's record.
void complete_mail_hosts(settings::Dns& dns);
// Services without a domain belong to the default one.
void complete_services(settings::Dns& dns);

}  // namespace swapmasq::config
