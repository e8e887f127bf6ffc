#include "tftp/posix_files.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace swapmasq::tftp {

namespace {

FileStatus::Kind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileStatus::Kind::regular;
  return S_ISDIR(mode) ? FileStatus::Kind::directory : FileStatus::Kind::special;
}

class PosixFile : public File {
 public:
  explicit PosixFile(int descriptor) : descriptor_(descriptor) {}
  ~PosixFile() override { close(descriptor_); }
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;

  // 0, or what fstat failed with.
  Errno look() {
    struct stat status {};
    if (fstat(descriptor_, &status) != 0) return errno;
    status_ = {.kind = kind_of(status.st_mode),
               .device = status.st_dev,
               .inode = status.st_ino,
               .size = static_cast<std::uint64_t>(status.st_size),
               .owner = status.st_uid,
               .world_readable = (status.st_mode & S_IROTH) != 0};
    return 0;
  }

  const FileStatus& status() const override { return status_; }

  std::uint64_t version() const override {
    struct stat now {};
    if (fstat(descriptor_, &now) != 0) return 0;
    return static_cast<std::uint64_t>(now.st_mtim.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(now.st_mtim.tv_nsec);
  }

  [[nodiscard]] Result<std::size_t, Errno> read(std::uint64_t offset,
                                                std::span<const std::span<std::uint8_t>> parts) override {
    if (status_.kind == FileStatus::Kind::directory) return tl::unexpected(EISDIR);
    std::size_t total = 0;
    std::size_t part = 0;
    std::size_t into_part = 0;
    while (part < parts.size()) {
      std::array<iovec, 64> vectors{};
      std::size_t count = 0;
      for (auto i = part; i < parts.size() && count < vectors.size(); ++i) {
        const auto target = parts[i].subspan(i == part ? into_part : 0);
        vectors[count++] = {target.data(), target.size()};
      }
      const auto got = preadv(descriptor_, vectors.data(), static_cast<int>(count), static_cast<off_t>(offset + total));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return tl::unexpected(errno);
      if (got == 0) break;
      total += static_cast<std::size_t>(got);
      into_part += static_cast<std::size_t>(got);
      while (part < parts.size() && into_part >= parts[part].size()) into_part -= parts[part++].size();
    }
    return total;
  }

 private:
  int descriptor_;
  FileStatus status_;
};

}  // namespace

Result<std::unique_ptr<File>, Errno> PosixFiles::open(const std::string& path) {
  // Without O_NONBLOCK a FIFO would hold up the whole server until somebody writes to it.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return tl::unexpected(errno);
  auto file = std::make_unique<PosixFile>(descriptor);
  if (const auto failure = file->look(); failure != 0) return tl::unexpected(failure);
  return file;
}

Errno PosixFiles::check_directory(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return errno;
  close(descriptor);
  return 0;
}

bool PosixFiles::is_directory(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::uint32_t PosixFiles::user() const { return geteuid(); }

}  // namespace swapmasq::tftp
