// A file that is being sent. Its transfers share the descriptor, the size that it had when the first of them began
// (spec tftp.md section 7), and what was read ahead: a hundred PCs that boot together cost one read, and one copy in
// memory.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "tftp/files.hpp"
#include "wire/tftp_packet.hpp"

namespace swapmasq::tftp {

// Which blocks of a file: `count` from number `first` (1 or more) on, of `block_size` octets.
struct StretchName {
  std::size_t block_size = 0;
  std::uint64_t first = 1;
  std::size_t count = 0;

  auto operator<=>(const StretchName&) const = default;
};

// DATA packets that follow each other, ready to be sent.
struct Stretch {
  wire::TftpDataPackets packets;
  // Why there are fewer packets than blocks; 0 (Success) when the file has shrunk.
  std::optional<Errno> failure;
};

class SharedFile {
 public:
  explicit SharedFile(std::unique_ptr<File> file) : file_(std::move(file)) {}
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  const FileStatus& status() const { return file_->status(); }

  // File::read()
  [[nodiscard]] Result<std::size_t, Errno> read(std::uint64_t offset, std::span<const std::span<std::uint8_t>> parts) {
    return file_->read(offset, parts);
  }

  // Blocks that the file has, read now or, while a transfer keeps them and the file is unchanged, by that transfer.
  // They must not outlive this file.
  std::shared_ptr<const Stretch> stretch(const StretchName& name);

 private:
  struct Kept {
    std::uint64_t version = 0;  // of the file
    std::weak_ptr<const Stretch> stretch;
  };

  std::unique_ptr<Stretch> read_stretch(const StretchName& name);
  wire::TftpDataPackets room_for(const StretchName& name);
  void forget(const StretchName& name, std::unique_ptr<Stretch> stretch);

  std::unique_ptr<File> file_;
  std::map<StretchName, Kept> kept_;
  // The memory of the last stretch that nobody wanted any more, for the next one.
  std::optional<wire::TftpDataPackets> spare_;
};

}  // namespace swapmasq::tftp
