// Files that the program reads whole, at start and on reload. The error is the system's text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "dns/engine.hpp"
#include "io/folder_watch.hpp"
#include "log/line.hpp"
#include "settings/dns.hpp"

namespace swapmasq::app {

struct FileError {
  int number = 0;  // errno
  std::string text;
};

// A folder reads as empty.
Result<std::string, FileError> read_text_file(const std::string& path);
// With the text of the error only.
Result<std::string> text_or_message(const std::string& path);

// Files that lines of addn-hosts, dhcp-hostsfile or dhcp-optsfile name, in the order of reading: plain files last
// configured first, then the files of folders, likewise, in the order of their names (spec dns-local-data.md section
// 3.1).
std::vector<std::string> files_of_lines(const std::vector<std::string>& paths, log::Log& log);

// /etc/hosts (unless no-hosts), then the files of addn-hosts.
std::vector<dns::HostsText> read_hosts_files(const settings::Dns& dns, log::Log& log);

// The folders of hostsdir and its kind: watches one, again if it is watched already, and lists its files in the
// folder's own order. What goes wrong is logged.
std::vector<std::string> watch_folder(io::FolderWatch& watch, const std::string& folder, log::Log& log);
// The path of the file that a change is about; nothing for names that no folder is read for.
std::optional<std::string> file_of(const io::FolderWatch::Change& change);

// The resolv files that have something to say: those that exist and cannot be read, then the readable one that was
// modified last (of equals the last configured), which supplies the servers. Missing ones are passed over.
struct ResolvText {
  std::string path;
  Result<std::string> text;
};
std::vector<ResolvText> read_resolv_files(const std::vector<std::string>& paths);

}  // namespace swapmasq::app
