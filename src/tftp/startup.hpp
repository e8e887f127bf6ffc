// What TFTP does before it serves: looks at its directories, and says how it is configured (spec tftp.md section 2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "log/line.hpp"
#include "settings/dns.hpp"
#include "settings/tftp.hpp"
#include "tftp/files.hpp"

namespace swapmasq::tftp {

// The directories that tftp-no-fail lets pass although they cannot be opened.
struct MissingRoots {
  bool global = false;
  std::vector<std::string> of_interfaces;  // in the order of the warnings
};

// To be called as the final user. Throws StartupError (ExitCode::file) for a directory that cannot be opened, unless
// tftp-no-fail.
[[nodiscard]] MissingRoots check_roots(const settings::Tftp& settings, FileSource& files);

// tftp-max, lowered to what the open file limit (soft, of the process) and the port range allow.
std::uint32_t transfer_limit(const settings::Tftp& settings, const settings::Dns& dns, std::int64_t open_files);

// Sockets that transfers may have beyond one each: half of what `limit` transfers, with a socket and a file each, leave
// of the open files. 0 or more.
std::size_t further_sockets(std::uint32_t limit, std::int64_t open_files);

// The start-up lines in their order; `limit` is what transfer_limit() said.
void log_startup(const settings::Tftp& settings, const MissingRoots& missing, std::uint32_t limit, log::Log& log);

}  // namespace swapmasq::tftp
