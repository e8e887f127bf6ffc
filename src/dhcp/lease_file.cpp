#include "dhcp/lease_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "dhcp/lease_file_format.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::chrono::seconds retry_pause{60};

std::string system_error(int error) { return std::strerror(error); }

// Everything in the file from its beginning; nothing, with errno, when it cannot be read.
std::optional<std::string> read_all(int descriptor) {
  std::string text;
  std::array<char, 65536> block{};
  for (;;) {
    const auto count = ::pread(descriptor, block.data(), block.size(), static_cast<off_t>(text.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

// 0 or the error. The new text is laid over the old one, the rest of which is blanked out by the same call and then cut
// off, so that a process killed between the calls leaves a file that can be read.
int write_all(int descriptor, std::string text) {
  const auto size = text.size();
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
    text.resize(std::max(size, static_cast<std::size_t>(status.st_size)), '\n');
  }
  std::size_t done = 0;
  while (done < text.size()) {
    const auto rest = std::string_view{text}.substr(done);
    const auto count = ::pwrite(descriptor, rest.data(), rest.size(), static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    done += static_cast<std::size_t>(count);
  }
  if (::ftruncate(descriptor, static_cast<off_t>(size)) != 0) return errno;
  // What cannot be synced at all (a special file) says EINVAL, which is no loss.
  if (::fsync(descriptor) != 0 && errno != EINVAL) return errno;
  return 0;
}

}  // namespace

LeaseFile::LeaseFile(std::string path, LeaseStore& leases, log::Log& log, TimePoint now) : path_(std::move(path)) {
  const auto old_mask = ::umask(022);
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  const auto open_error = errno;
  ::umask(old_mask);
  if (descriptor_ < 0) {
    throw StartupError(ExitCode::file, "cannot open or create lease file " + path_ + ": " + system_error(open_error));
  }
  const auto text = read_all(descriptor_);
  if (!text) {
    const auto read_error = errno;
    ::close(descriptor_);
    throw StartupError(ExitCode::file, "failed to read lease file " + path_ + ": " + system_error(read_error));
  }
  auto content = parse_lease_file(*text);
  for (const auto& problem : content.problems) log.write(problem);
  for (auto& lease : content.leases) {
    if (!std::visit([&](auto& l) { return leases.restore(std::move(l)); }, lease)) {
      ::close(descriptor_);
      throw StartupError(ExitCode::other, "too many stored leases");
    }
  }
  if (content.server_duid) leases.set_server_duid(std::move(*content.server_duid));
  leases.remove_expired(seconds_of(now));
}

LeaseFile::~LeaseFile() { ::close(descriptor_); }

void LeaseFile::write(const LeaseStore& leases, log::Log& log, TimePoint now) {
  retry_at_.reset();
  const auto error = write_all(descriptor_, lease_file_text(leases));
  if (error == 0) return;
  retry_at_ = now + retry_pause;
  if (const auto end = leases.next_expiry()) retry_at_ = std::min(*retry_at_, std::max(at_seconds(*end), now));
  const auto wait = seconds_of(*retry_at_) - seconds_of(now);
  log.write(log::lease_file_write_failed(path_, system_error(error), wait));
}

}  // namespace swapmasq::dhcp
