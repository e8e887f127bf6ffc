#include "upstream/ready_sockets.hpp"

#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <utility>

#include "base/startup_error.hpp"

namespace swapmasq::upstream {

namespace {

constexpr std::size_t together = 64;

}  // namespace

ReadySockets::ReadySockets(boost::asio::io_context& io, std::function<void()> settled)
    : set_(io), settled_(std::move(settled)) {
  const int set = ::epoll_create1(EPOLL_CLOEXEC);
  if (set < 0) throw StartupError{ExitCode::other, "cannot wait for sockets"};
  set_.assign(set);
}

void ReadySockets::start() { wait(); }

void ReadySockets::stop() {
  boost::system::error_code ignored;
  set_.close(ignored);
}

void ReadySockets::add(int fd, Listener& listener) { sockets_[fd] = {&listener}; }

void ReadySockets::want(int fd, bool read, bool write) {
  const auto found = sockets_.find(fd);
  if (found == sockets_.end() || !set_.is_open()) return;
  auto& watched = found->second;
  std::uint32_t events = 0;
  if (read) events |= EPOLLIN;
  if (write) events |= EPOLLOUT;
  if (watched.events == events) return;
  watched.events = events;
  epoll_event event{.events = events, .data = {.fd = fd}};
  ::epoll_ctl(set_.native_handle(), std::exchange(watched.registered, true) ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd,
              &event);
}

// The kernel takes a closed socket out of the set by itself.
void ReadySockets::remove(int fd) { sockets_.erase(fd); }

void ReadySockets::wait() {
  set_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                  [self = shared_from_this()](const boost::system::error_code& error) {
                    if (error || !self->set_.is_open()) return;
                    self->dispatch();
                    if (self->set_.is_open()) self->wait();
                  });
}

void ReadySockets::dispatch() {
  std::array<epoll_event, together> ready;  // NOLINT(cppcoreguidelines-pro-type-member-init): written by the kernel
  const int count = ::epoll_wait(set_.native_handle(), ready.data(), together, 0);
  for (std::size_t i = 0; count > 0 && i < static_cast<std::size_t>(count); ++i) {
    const auto& event = ready.at(i);
    const auto found = sockets_.find(event.data.fd);
    if (found == sockets_.end()) continue;  // closed by one before it
    const bool broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    found->second.listener->ready(event.data.fd, broken || (event.events & EPOLLIN) != 0,
                                  (event.events & EPOLLOUT) != 0);
  }
  if (set_.is_open()) settled_();
}

}  // namespace swapmasq::upstream
