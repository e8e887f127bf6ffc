#include "control/socket_file.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace swapmasq::control {

namespace {

using Address = boost::asio::local::stream_protocol::endpoint;

constexpr int backlog = 8;

io::Descriptor new_socket() { return io::Descriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)}; }

bool is_socket(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode);
}

// 0 or errno.
int bind_owner_only(const io::Descriptor& socket, const Address& address) {
  const auto mask = ::umask(0177);
  const int error = ::bind(socket.get(), address.data(), static_cast<socklen_t>(address.size())) == 0 ? 0 : errno;
  ::umask(mask);
  return error;
}

// A socket that is left of a process which has gone.
bool is_stale(const std::string& path, const Address& address) {
  if (!is_socket(path)) return false;
  const auto probe = new_socket();
  return probe && ::connect(probe.get(), address.data(), static_cast<socklen_t>(address.size())) != 0 &&
         errno == ECONNREFUSED;
}

// Through a descriptor of the file itself, so that nobody can put another one in its place meanwhile. 0 or errno.
int finish(const std::string& path, std::optional<uid_t> owner, ino_t& inode) {
  const io::Descriptor file{::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC)};
  struct stat info {};
  if (!file || ::fstat(file.get(), &info) != 0) return errno;
  if (!S_ISSOCK(info.st_mode)) return EEXIST;
  inode = info.st_ino;
  const bool given_away = owner && ::geteuid() == 0 && *owner != info.st_uid;
  if (given_away && ::fchownat(file.get(), "", *owner, static_cast<gid_t>(-1), AT_EMPTY_PATH) != 0) return errno;
  return 0;
}

}  // namespace

std::string socket_path(const std::string& pid_file) {
  constexpr std::string_view ending = ".pid";
  if (pid_file.empty()) return "/run/dnsmasq.control";
  const auto stem = pid_file.ends_with(ending) ? pid_file.substr(0, pid_file.size() - ending.size()) : pid_file;
  return stem + ".control";
}

Result<SocketFile, int> SocketFile::create(const std::string& path, std::optional<uid_t> owner) {
  if (path.size() >= sizeof(sockaddr_un::sun_path)) return tl::unexpected(ENAMETOOLONG);
  const Address address{path};
  auto socket = new_socket();
  if (!socket) return tl::unexpected(errno);
  int error = bind_owner_only(socket, address);
  if (error == EADDRINUSE && is_stale(path, address)) {
    ::unlink(path.c_str());
    error = bind_owner_only(socket, address);
  }
  if (error != 0) return tl::unexpected(error);
  SocketFile file{path, std::move(socket), 0};
  error = finish(path, owner, file.inode_);
  if (error == 0 && ::listen(file.socket_.get(), backlog) != 0) error = errno;
  if (error != 0) return tl::unexpected(error);
  return file;
}

SocketFile::SocketFile(SocketFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), socket_(std::move(other.socket_)), inode_(other.inode_) {}

void SocketFile::remove() {
  const auto path = std::exchange(path_, {});
  struct stat info {};
  if (path.empty() || ::lstat(path.c_str(), &info) != 0) return;
  if (S_ISSOCK(info.st_mode) && info.st_ino == inode_) ::unlink(path.c_str());
}

}  // namespace swapmasq::control
