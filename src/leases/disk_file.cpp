#include "leases/disk_file.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace swapmasq::leases {
namespace {

// Nothing for what has no size: devices and the like.
std::optional<std::size_t> size_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::size_t>(status.st_size);
}

int outcome(int result) { return result == 0 ? 0 : errno; }

}  // namespace

Result<DiskFile, int> DiskFile::open(const std::string& path, unsigned mode) {
  const auto old_mask = ::umask(022);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, mode);
  const int error = errno;
  ::umask(old_mask);
  if (descriptor < 0) return tl::unexpected(error);
  return DiskFile{descriptor};
}

DiskFile::~DiskFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

DiskFile::DiskFile(DiskFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

DiskFile& DiskFile::operator=(DiskFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

bool DiskFile::regular() const { return size_of(descriptor_).has_value(); }

Result<std::string, int> DiskFile::read() const {
  std::string text;
  std::array<char, 65536> block{};
  for (;;) {
    const auto count = ::pread(descriptor_, block.data(), block.size(), static_cast<off_t>(text.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(errno);
    if (count == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

int DiskFile::write_at(std::size_t offset, ByteView octets) const {
  while (!octets.empty()) {
    const auto count = ::pwrite(descriptor_, octets.data(), octets.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    offset += static_cast<std::size_t>(count);
    octets = octets.subspan(static_cast<std::size_t>(count));
  }
  return 0;
}

int DiskFile::resize(std::size_t size) const { return outcome(::ftruncate(descriptor_, static_cast<off_t>(size))); }

int DiskFile::overwrite(ByteView content) const {
  const auto old = size_of(descriptor_);
  if (old) {
    if (const int error = reserve(content.size())) return error;
  }
  if (!old || *old <= content.size()) return write_at(0, content);
  Bytes blanked{content.begin(), content.end()};
  blanked.resize(*old, '\n');
  if (const int error = write_at(0, blanked)) return error;
  return resize(content.size());
}

int DiskFile::reserve(std::size_t size) const {
  if (size == 0) return 0;
  const int error = outcome(::fallocate(descriptor_, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)));
  return error == ENOSPC || error == EDQUOT || error == EFBIG ? error : 0;
}

int DiskFile::sync() const {
  const int error = outcome(::fdatasync(descriptor_));
  // What cannot be synced at all (a special file) says EINVAL, which is no loss.
  return error == EINVAL ? 0 : error;
}

}  // namespace swapmasq::leases
