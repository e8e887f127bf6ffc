// The real file system as the TFTP server sees it: open(2) without waiting, fstat(2), preadv(2).
#pragma once

#include "tftp/files.hpp"

namespace swapmasq::tftp {

class PosixFiles : public FileSource {
 public:
  [[nodiscard]] Result<std::unique_ptr<File>, Errno> open(const std::string& path) override;
  [[nodiscard]] Errno check_directory(const std::string& path) override;
  bool is_directory(const std::string& path) override;
  std::uint32_t user() const override;
};

}  // namespace swapmasq::tftp
