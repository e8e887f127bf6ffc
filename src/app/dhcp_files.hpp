// The files that add to the dhcp-host and dhcp-option lines of the configuration: dhcp-hostsfile, dhcp-optsfile,
// dhcp-hostsdir, dhcp-optsdir and /etc/ethers (spec config-language.md section 14, leases-and-scripts.md section 8).
//
// Settings and log are borrowed.
#pragma once

#include <string>
#include <vector>

#include "app/text_files.hpp"
#include "dhcp/host_lines.hpp"
#include "io/folder_watch.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::app {

class DhcpFiles {
 public:
  DhcpFiles(const settings::Dhcp& dhcp, log::Log& log) : dhcp_(dhcp), log_(log), hosts_(dhcp.hosts) {}

  // Whether there is any such file or folder.
  bool configured() const;

  // Reads everything anew and watches the folders; `watch` may be null if there are none.
  void reload(io::FolderWatch* watch);
  // Reads a file of a folder that came or changed; what it said before stays until reload(). False: nothing was read.
  bool read(const io::FolderWatch::Change& change);

  // What is in force now, the oldest first.
  std::vector<dhcp::HostLine> host_lines() const { return hosts_.all(); }
  std::vector<settings::DhcpOption> option_lines() const;

 private:
  using Content = settings::DhcpFolder::Content;

  // Where the line that names the file stands among those about its text.
  enum class NameLine { first, last };

  void read_file(Content content, const std::string& path, NameLine name_line);
  void read_ethers();

  const settings::Dhcp& dhcp_;
  log::Log& log_;
  dhcp::HostLines hosts_;
  std::vector<settings::DhcpOption> added_options_;
};

}  // namespace swapmasq::app
