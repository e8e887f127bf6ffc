// What the TFTP server asks of the file system. PosixFiles is the real one; tests have their own. Failures are errno
// values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"

namespace swapmasq::tftp {

using Errno = int;

// What fstat says.
struct FileStatus {
  enum class Kind { regular, directory, special };  // special: a FIFO, a device, a socket

  Kind kind = Kind::regular;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;  // octets
  std::uint32_t owner = 0;
  bool world_readable = false;
};

// An open file; closed by its destructor.
class File {
 public:
  virtual ~File() = default;

  // As it was when the file was opened.
  virtual const FileStatus& status() const = 0;

  // Another number after a change of the content.
  virtual std::uint64_t version() const = 0;

  // Fills the parts in order from `offset` on. Fewer octets than asked for: the file ends there. A directory says
  // EISDIR, also when nothing is asked for.
  [[nodiscard]] virtual Result<std::size_t, Errno> read(std::uint64_t offset,
                                                        std::span<const std::span<std::uint8_t>> parts) = 0;
};

class FileSource {
 public:
  virtual ~FileSource() = default;

  // Never waits, whatever the path names.
  [[nodiscard]] virtual Result<std::unique_ptr<File>, Errno> open(const std::string& path) = 0;

  // 0 when the directory can be opened.
  [[nodiscard]] virtual Errno check_directory(const std::string& path) = 0;

  virtual bool is_directory(const std::string& path) = 0;

  // The effective user id that the server runs as.
  virtual std::uint32_t user() const = 0;
};

}  // namespace swapmasq::tftp
