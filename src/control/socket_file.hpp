// The control socket in the file system: made before root is dropped, removed by its owner.
#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

#include "base/result.hpp"
#include "io/descriptor.hpp"

namespace swapmasq::control {

// Beside the pid file: its name with ".control" in the place of ".pid". Without a pid file (`pid_file` is empty)
// "/run/dnsmasq.control".
std::string socket_path(const std::string& pid_file);

// A listening socket that nobody but root and its owner can connect to.
class SocketFile {
 public:
  // Takes the place of a socket that nobody listens on any more, of nothing else. `owner`: who the process will be.
  // The error is an errno value; EADDRINUSE: another process listens there.
  static Result<SocketFile, int> create(const std::string& path, std::optional<uid_t> owner);
  ~SocketFile() { remove(); }
  SocketFile(SocketFile&& other) noexcept;
  SocketFile& operator=(SocketFile&&) = delete;

  // Hands the socket over; the name stays until remove() or the end of this object.
  io::Descriptor take_socket() { return std::move(socket_); }
  // Unless the name means another file by now. Without the right to remove it, it is left for the next start.
  void remove();

 private:
  SocketFile(std::string path, io::Descriptor socket, ino_t inode)
      : path_(std::move(path)), socket_(std::move(socket)), inode_(inode) {}

  std::string path_;  // empty: removed
  io::Descriptor socket_;
  ino_t inode_;
};

}  // namespace swapmasq::control
