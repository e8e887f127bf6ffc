// The checks that dnsmasq does not make. Each looks at a configuration that has been read to its end.
#pragma once

#include "check/entries.hpp"
#include "check/finding.hpp"
#include "check/system.hpp"
#include "settings/settings.hpp"

namespace swapmasq::check {

struct Subject {
  const Entries& entries;
  const settings::Settings& settings;
  const System& system;
};

// Addresses, hardware addresses and names that two dhcp-host lines claim.
void check_dhcp_hosts(const Subject& subject, Report& report);
// Ranges that overlap, and dhcp-host addresses outside the subnets of all ranges.
void check_dhcp_ranges(const Subject& subject, Report& report);
// Tags that are tested but never set.
void check_tags(const Subject& subject, Report& report);
// Interfaces, users and groups that this host does not have.
void check_names(const Subject& subject, Report& report);
// Files and folders that do not exist, or that the run-time user cannot read.
void check_paths(const Subject& subject, Report& report);
// Ports that other programs have taken.
void check_ports(const Subject& subject, Report& report);
// Options that a later one overrides.
void check_overrides(const Subject& subject, Report& report);
// Options without effect, because of others or for want of them.
void check_effects(const Subject& subject, Report& report);

// All of them, in this order.
void check_all(const Subject& subject, Report& report);

// A warning at a place.
Finding warning(std::string rule, std::string message, Place place);

}  // namespace swapmasq::check
