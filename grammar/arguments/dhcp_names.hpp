// Domain names inside DHCP options: RFC 1035 encoding, for DHCPv4 with compression inside the option (RFC 3397).
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace swapmasq::grammar {

// Names are canonical. Pointers count from the first name.
Bytes compressed_names(const std::vector<std::string>& names);
Bytes uncompressed_names(const std::vector<std::string>& names);

}  // namespace swapmasq::grammar
