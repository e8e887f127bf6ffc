#include "app/dhcp_files.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "config/auxiliary_files.hpp"
#include "log/auxiliary_file_lines.hpp"

namespace swapmasq::app {

namespace {

constexpr auto ethers_path = "/etc/ethers";

log::Line ethers_line(config::EthersFault fault, std::size_t line) {
  switch (fault) {
    case config::EthersFault::line:
      return log::ethers_bad_line(ethers_path, line);
    case config::EthersFault::address:
      return log::ethers_bad_address(ethers_path, line);
    case config::EthersFault::name:
      return log::ethers_bad_name(ethers_path, line);
    case config::EthersFault::duplicate:
      break;
  }
  return log::ethers_duplicate(ethers_path, line);
}

}  // namespace

bool DhcpFiles::configured() const {
  return !dhcp_.hosts_files.empty() || !dhcp_.options_files.empty() || !dhcp_.folders.empty() || dhcp_.read_ethers;
}

void DhcpFiles::reload(io::FolderWatch* watch) {
  hosts_.drop_added();
  added_options_.clear();
  for (const auto& path : files_of_lines(dhcp_.hosts_files, log_)) read_file(Content::hosts, path, NameLine::last);
  for (const auto& path : files_of_lines(dhcp_.options_files, log_)) read_file(Content::options, path, NameLine::last);
  for (auto folder = dhcp_.folders.rbegin(); watch && folder != dhcp_.folders.rend(); ++folder) {
    for (const auto& path : watch_folder(*watch, folder->path, log_)) {
      read_file(folder->content, path, NameLine::first);
    }
  }
  if (dhcp_.read_ethers) read_ethers();
}

bool DhcpFiles::read(const io::FolderWatch::Change& change) {
  const auto path = file_of(change);
  if (!path || change.removed) return false;
  bool any = false;
  for (auto folder = dhcp_.folders.rbegin(); folder != dhcp_.folders.rend(); ++folder) {
    if (folder->path != change.folder) continue;
    log_.write(log::file_new_or_modified(*path));
    read_file(folder->content, *path, NameLine::first);
    any = true;
  }
  return any;
}

std::vector<settings::DhcpOption> DhcpFiles::option_lines() const {
  auto lines = dhcp_.options;
  lines.insert(lines.end(), added_options_.begin(), added_options_.end());
  return lines;
}

void DhcpFiles::read_file(Content content, const std::string& path, NameLine name_line) {
  if (name_line == NameLine::first) log_.write(log::dhcp_read(path));
  const auto text = text_or_message(path);
  if (!text) {
    log_.write(log::cannot_read(path, text.error()));
    return;
  }
  const auto refused = [this](const std::string& message) { log_.write(log::refused_line(message)); };
  if (content == Content::hosts) {
    config::read_dhcp_hosts(
        {path, *text}, [this](auto host) { return hosts_.add(std::move(host)); }, refused);
  } else {
    std::ranges::move(config::read_dhcp_options({path, *text}, refused), std::back_inserter(added_options_));
  }
  if (name_line == NameLine::last) log_.write(log::dhcp_read(path));
}

void DhcpFiles::read_ethers() {
  const auto text = text_or_message(ethers_path);
  if (!text) {
    log_.write(log::ethers_failed(ethers_path, text.error()));
    return;
  }
  hosts_.drop_ethers();
  const auto taken = config::read_ethers(
      *text, [this](auto host) { return hosts_.add_ethers(std::move(host)); },
      [this](config::EthersFault fault, std::size_t line) { log_.write(ethers_line(fault, line)); });
  log_.write(log::ethers_read(ethers_path, taken));
}

}  // namespace swapmasq::app
