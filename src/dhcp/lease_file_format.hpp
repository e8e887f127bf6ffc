// The text of the lease file (spec leases-and-scripts.md section 2.2 and 2.3): also what `<script> init` prints. Text
// to leases and back, no file work.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dhcp/lease.hpp"
#include "dhcp/lease_store.hpp"
#include "log/line.hpp"

namespace swapmasq::dhcp {

// "01:02:03", or with a type other than Ethernet (or no octets at all) "06-01:02:03".
std::string hardware_text(const HardwareAddress& hardware);

struct LeaseFileContent {
  std::vector<std::variant<Lease, Lease6>> leases;  // in the order of the file
  std::optional<Bytes> server_duid;
  std::vector<log::Line> problems;
};

// Never fails: what cannot be understood is reported in `problems` and left out.
LeaseFileContent parse_lease_file(std::string_view text);

// Puts everything into the store and logs the problems. Throws StartupError "too many stored leases".
void restore(LeaseFileContent content, LeaseStore& leases, log::Log& log);

std::string lease_file_text(const LeaseStore& leases);
// The lines of one lease, as they would be if it were the only one.
std::string lease_text(const Lease& lease);

}  // namespace swapmasq::dhcp
