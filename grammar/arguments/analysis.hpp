// For the test that every grammar is sound: the problems that PEGTL's analysis finds in each family's rules.
#pragma once

#include <cstddef>

namespace swapmasq::grammar {

std::size_t problems_in_alias();
std::size_t problems_in_connmark();
std::size_t problems_in_dhcp_boot();
std::size_t problems_in_dhcp_host();
std::size_t problems_in_dhcp_matching();
std::size_t problems_in_dhcp_option();
std::size_t problems_in_dhcp_range();
std::size_t problems_in_dhcp_value();
std::size_t problems_in_dnssec();
std::size_t problems_in_domain();
std::size_t problems_in_forwarding();
std::size_t problems_in_host_record();
std::size_t problems_in_pxe();
std::size_t problems_in_ra();
std::size_t problems_in_records();
std::size_t problems_in_server();
std::size_t problems_in_sets();
std::size_t problems_in_tags();

}  // namespace swapmasq::grammar
