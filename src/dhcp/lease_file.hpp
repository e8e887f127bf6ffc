// The lease file on disk (spec leases-and-scripts.md section 2). It is opened once, as root, and rewritten in place:
// the inode never changes, and the folder need not be writable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "dhcp/lease_store.hpp"
#include "log/line.hpp"

namespace swapmasq::dhcp {

class LeaseFile {
 public:
  // Opens, creating it if needed, and reads the leases into the store; those that have ended are left out. Throws
  // StartupError as the reference does for a file that cannot be used.
  LeaseFile(std::string path, LeaseStore& leases, log::Log& log, TimePoint now);
  ~LeaseFile();
  LeaseFile(const LeaseFile&) = delete;
  LeaseFile& operator=(const LeaseFile&) = delete;

  // Writes all leases and syncs. On failure logs the error and sets retry_at.
  void write(const LeaseStore& leases, log::Log& log, TimePoint now);

  // When a failed write wants to be tried again.
  std::optional<TimePoint> retry_at() const { return retry_at_; }

 private:
  std::string path_;
  int descriptor_ = -1;
  std::optional<TimePoint> retry_at_;
};

}  // namespace swapmasq::dhcp
