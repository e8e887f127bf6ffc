// What may differ between two runs of the same scenario, and nothing else: one table (normalise.cpp), each row with
// its reason. Text that no row names is compared to the octet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace swapmasq::compat {

// A log, stderr, stdout or file line without its newline.
std::string normalise_line(std::string line);
// Whether a line of a folder's listing names a file that dnsmasq does not have: our control socket.
bool names_own_file(std::string_view line);
// A lease file; `now` is the time of reading. Expiry times become the time left, rounded up to a minute.
std::string normalise_leases(std::string_view text, std::int64_t now);
// The log of a netboot. The firmware chooses its transaction ids, and how often it repeats a request depends on the
// speed of the machine, so a block of lines that is repeated at once counts once.
std::string normalise_netboot_log(std::string_view log);

}  // namespace swapmasq::compat
