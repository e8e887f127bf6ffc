// For the test that every grammar is sound: the problems that PEGTL's analysis finds in each family's rules.
#pragma once

#include <cstddef>

namespace swapmasq::grammar {

std::size_t problems_in_dhcp_range();

}  // namespace swapmasq::grammar
