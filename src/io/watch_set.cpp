#include "io/watch_set.hpp"

#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <system_error>
#include <utility>

namespace swapmasq::io {

namespace {

constexpr int batch = 64;

}  // namespace

WatchSet::WatchSet() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (!epoll_) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

WatchSet::Token WatchSet::add(int fd, bool writable, Handler handler) {
  const auto token = Token{next_++};
  epoll_event event{};
  event.events = writable ? EPOLLOUT : EPOLLIN;
  event.data.u64 = static_cast<std::uint64_t>(token);
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
  handlers_.emplace(token, std::make_shared<Handler>(std::move(handler)));
  return token;
}

void WatchSet::remove(Token token, int fd) {
  if (handlers_.erase(token) != 0) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
}

void WatchSet::serve(const std::function<bool()>& enough) {
  std::array<epoll_event, batch> ready{};
  const int count = ::epoll_wait(epoll_.get(), ready.data(), batch, 0);
  for (int i = 0; i < count && !enough(); ++i) {
    const auto found = handlers_.find(Token{ready[static_cast<std::size_t>(i)].data.u64});
    if (found == handlers_.end()) continue;  // removed by an earlier one
    const auto handler = found->second;      // which may remove itself
    (*handler)();
  }
}

}  // namespace swapmasq::io
