// The files of running transfers. Transfers of the same file by the same path share it (spec tftp.md section 7).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "tftp/shared_file.hpp"

namespace swapmasq::tftp {

// Whether the permission rules let a file be served by a server of user id `user`: as root what everybody may read,
// else what it could open, with tftp-secure only its own. Special files never are: reading them could wait for ever.
bool may_serve(const FileStatus& status, std::uint32_t user, bool secure);

class OpenFiles {
 public:
  OpenFiles(FileSource& source, bool secure) : source_(source), secure_(secure) {}

  // EACCES also when may_serve() says no.
  [[nodiscard]] Result<std::shared_ptr<SharedFile>, Errno> open(const std::string& path);

 private:
  using Key = std::tuple<std::uint64_t, std::uint64_t, std::string>;  // device, inode, path

  FileSource& source_;
  bool secure_;
  // Expired entries go when the next file is opened, so there are never more than transfers were at once.
  std::map<Key, std::weak_ptr<SharedFile>> files_;
};

}  // namespace swapmasq::tftp
