// Reads configuration files, folders and script output, each line once, in dnsmasq's order (spec config-language.md
// sections 1 and 4).
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/location.hpp"

namespace swapmasq::config {

class NameFilter;

// Hands each line, as it stands in the source, to `take`, which may call back for nested sources, and what cannot be
// read to `fail`, which ends the reading by throwing, or returns: then that source is left out. Relative paths are
// relative to the current directory.
class Sources {
 public:
  using TakeLine = std::function<void(std::string_view line, const Location&)>;
  using Fail = std::function<void(const StartupError&)>;

  Sources(TakeLine take, Fail fail) : take_(std::move(take)), fail_(std::move(fail)) {}

  // "-" is standard input. A file that has been read, or is being read, is skipped; a folder reads as empty.
  void read_file(const std::string& path);
  // The same, but the file may be missing.
  void read_default_file(const std::string& path);
  // `argument` in protected form: a folder, then patterns of names to take ("*.conf") or to leave (".bak").
  void read_directory(std::string_view argument);
  // What a shell command prints.
  void run_script(const std::string& command);

 private:
  using FileId = std::pair<std::uint64_t, std::uint64_t>;  // device, inode

  void read_open_file(std::FILE* file, const std::string& path);
  void read_lines(std::FILE* stream, Location location);
  // False when a regular file has been seen before.
  bool first_visit(int descriptor);
  bool first_visit(const std::string& path);

  // Paths of the regular files in a folder that the filter takes, in byte order.
  std::vector<std::string> matching_files(const std::string& directory, const NameFilter& filter);

  TakeLine take_;
  Fail fail_;
  std::set<FileId> visited_;
  bool standard_input_read_ = false;
};

}  // namespace swapmasq::config
