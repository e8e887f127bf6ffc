// A file as the sequence of DATA packets that a transfer sends. Blocks count from 1 and do not wrap; the last one is
// the first that is shorter than the block size (RFC 1350 section 6). Some blocks are read ahead, so that a client
// which acknowledges every block does not cost a read each time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "tftp/shared_file.hpp"
#include "wire/tftp_packet.hpp"

namespace swapmasq::tftp {

// Packets back to back as in wire::TftpDataPackets; valid until the next call.
struct BlockRun {
  ByteView packets;
  std::size_t count = 0;
  // Why the run is shorter than asked for although the file goes on; 0 (Success) when the file has shrunk.
  std::optional<Errno> failure;
};

class Blocks {
 public:
  virtual ~Blocks() = default;

  // Blocks [first, first + count), fewer at the end of the file. `first` was in the run before, or follows it.
  [[nodiscard]] virtual BlockRun run(std::uint64_t first, std::size_t count) = 0;

  // The number of the last block, as soon as it is known.
  virtual std::optional<std::uint64_t> last() const = 0;
};

// The file as it is. Runs are at most `window` blocks.
std::unique_ptr<Blocks> octet_blocks(std::shared_ptr<SharedFile> file, std::size_t block_size, std::size_t window);

// Line feeds become carriage return and line feed; nothing else changes (RFC 764, as dnsmasq does it). One block a
// time.
std::unique_ptr<Blocks> netascii_blocks(std::shared_ptr<SharedFile> file, std::size_t block_size);

}  // namespace swapmasq::tftp
