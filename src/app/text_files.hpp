// Files that the program reads whole, at start and on reload. The error is the system's text.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "dns/engine.hpp"
#include "settings/dns.hpp"

namespace swapmasq::app {

struct FileError {
  int number = 0;  // errno
  std::string text;
};

Result<std::string, FileError> read_text_file(const std::string& path);

// /etc/hosts (unless no-hosts), then addn-hosts: plain files last configured first, then the files of directories in
// the order of their names (spec dns-local-data.md section 3.1).
std::vector<dns::HostsText> read_hosts_files(const settings::Dns& dns);

// The resolv files that have something to say: those that exist and cannot be read, then the readable one that was
// modified last (of equals the last configured), which supplies the servers. Missing ones are passed over.
struct ResolvText {
  std::string path;
  Result<std::string> text;
};
std::vector<ResolvText> read_resolv_files(const std::vector<std::string>& paths);

}  // namespace swapmasq::app
