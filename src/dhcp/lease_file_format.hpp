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

// What a lease is in the file. All lines of leases come first, then server_lines, then all extras.
struct LeaseLines {
  std::string line;
  std::string extras;  // what is kept for leasequery

  bool operator==(const LeaseLines&) const = default;
};
LeaseLines lease_lines(const Lease& lease);
// The server's DUID and the IPv6 leases.
std::string server_lines(const LeaseStore& leases);

std::string lease_file_text(const LeaseStore& leases);

}  // namespace swapmasq::dhcp
