// Domain names as the configuration, hosts files and DHCP write them (spec config-language.md section 8).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace swapmasq::grammar {

// The name as it is stored: without its one trailing dot, and in the lower-case ASCII form of IDNA2008 (UTS 46,
// non-transitional) when it has an upper-case or a non-ASCII character, the latter read in the locale's character set.
// Nothing when it is no legal name. Empty names are legal.
std::optional<std::string> canonical_name(std::string_view text);

// Stricter: a name whose first label is made of letters, digits, '-' and '_' and begins with a letter or a digit.
// Nothing for an empty name.
std::optional<std::string> canonical_host_name(std::string_view text);

}  // namespace swapmasq::grammar
