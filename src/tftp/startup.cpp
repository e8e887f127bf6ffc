#include "tftp/startup.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>

#include "base/startup_error.hpp"
#include "log/tftp_lines.hpp"

namespace swapmasq::tftp {

namespace {

// What dnsmasq keeps for itself: descriptors of everything else, and of upstream queries.
constexpr std::int64_t reserved_files = 30;
constexpr std::int64_t spare_files = 20;
constexpr std::int64_t few_files = 100;

// The socket of a transfer and its file take two descriptors, of which files may be shared.
std::int64_t limit_by_files(const settings::Tftp& settings, const settings::Dns& dns, std::int64_t open_files) {
  const std::int64_t random_sockets = dns.enabled() ? std::min<std::int64_t>(dns.forward_max / 2, open_files / 3) : 0;
  const auto left = open_files - reserved_files - random_sockets;
  if (left < 0) return 5;
  if (left < few_files && !settings.single_port) return left / 2;
  return std::max<std::int64_t>(left - spare_files, 0);
}

// Whether the directory cannot be used; throws if that ends the program.
bool missing(const std::string& directory, const settings::Tftp& settings, FileSource& files) {
  const auto failure = files.check_directory(directory);
  if (failure == 0) return false;
  if (!settings.no_fail) {
    throw StartupError(ExitCode::file, fmt::format("TFTP directory {} inaccessible: {}", directory,
                                                   std::generic_category().message(failure)));
  }
  return true;
}

}  // namespace

MissingRoots check_roots(const settings::Tftp& settings, FileSource& files) {
  MissingRoots found;
  found.global = !settings.root.empty() && missing(settings.root, settings, files);
  const auto& roots = settings.interface_roots;
  std::for_each(roots.rbegin(), roots.rend(), [&](const settings::Tftp::InterfaceRoot& root) {
    if (missing(root.directory, settings, files)) found.of_interfaces.push_back(root.directory);
  });
  return found;
}

std::uint32_t transfer_limit(const settings::Tftp& settings, const settings::Dns& dns, std::int64_t open_files) {
  auto limit = std::min<std::int64_t>(settings.max_transfers, limit_by_files(settings, dns, open_files));
  if (const auto& range = settings.port_range) limit = std::min<std::int64_t>(limit, range->last - range->first + 1);
  return static_cast<std::uint32_t>(limit);
}

std::size_t further_sockets(std::uint32_t limit, std::int64_t open_files) {
  return static_cast<std::size_t>(std::max<std::int64_t>(open_files - std::int64_t{2} * limit, 0) / 2);
}

void log_startup(const settings::Tftp& settings, const MissingRoots& missing_roots, std::uint32_t limit,
                 log::Log& log) {
  log.write(log::tftp_started(settings.root, settings.secure, settings.single_port));
  if (missing_roots.global) log.write(log::tftp_root_inaccessible(settings.root));
  for (const auto& directory : missing_roots.of_interfaces) {
    log.write(log::tftp_interface_root_inaccessible(directory));
  }
  if (limit < settings.max_transfers) log.write(log::tftp_transfers_restricted(limit));
}

}  // namespace swapmasq::tftp
