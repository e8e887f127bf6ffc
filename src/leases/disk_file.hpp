// A file that stays open for the life of the process and is changed in place. Errors are errno values, 0 is success.
// Its functions may be called from several threads.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace swapmasq::leases {

class DiskFile {
 public:
  // For reading and writing; created if need be, with this mode less umask 022.
  static Result<DiskFile, int> open(const std::string& path, unsigned mode);
  ~DiskFile();
  DiskFile(DiskFile&& other) noexcept;
  DiskFile& operator=(DiskFile&& other) noexcept;

  // Not a device or the like.
  bool regular() const;
  Result<std::string, int> read() const;
  int write_at(std::size_t offset, ByteView octets) const;
  int resize(std::size_t size) const;
  // Replaces the content in place, without the file ever being empty: the new one is laid over the old one, the rest of
  // which is blanked out by the same call and then cut off. Nothing is touched when there is no room for it.
  int overwrite(ByteView content) const;
  // What has been written, onto the disk.
  int sync() const;

 private:
  explicit DiskFile(int descriptor) : descriptor_(descriptor) {}
  int reserve(std::size_t size) const;

  int descriptor_ = -1;
};

}  // namespace swapmasq::leases
