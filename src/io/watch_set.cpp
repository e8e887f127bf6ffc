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

WatchSet::Place* WatchSet::find(Token token) {
  const auto number = static_cast<std::uint64_t>(token);
  const auto index = static_cast<std::uint32_t>(number);
  if (index >= places_.size() || places_[index].uses != number >> 32 || !places_[index].handler) return nullptr;
  return &places_[index];
}

WatchSet::Token WatchSet::add(int fd, bool writable, Handler handler) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(places_.size()));
    places_.emplace_back();
  }
  const auto index = free_.back();
  const auto token = Token{std::uint64_t{places_[index].uses} << 32 | index};
  epoll_event event{};
  event.events = writable ? EPOLLOUT : EPOLLIN;
  event.data.u64 = static_cast<std::uint64_t>(token);
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
  free_.pop_back();
  places_[index].handler = std::make_shared<Handler>(std::move(handler));
  return token;
}

void WatchSet::remove(Token token, int fd) {
  auto* const place = find(token);
  if (place == nullptr) return;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  place->handler.reset();
  ++place->uses;
  free_.push_back(static_cast<std::uint32_t>(static_cast<std::uint64_t>(token)));
}

void WatchSet::serve(const std::function<bool()>& enough) {
  std::array<epoll_event, batch> ready{};
  const int count = ::epoll_wait(epoll_.get(), ready.data(), batch, 0);
  for (int i = 0; i < count && !enough(); ++i) {
    const auto* const place = find(Token{ready[static_cast<std::size_t>(i)].data.u64});
    if (place == nullptr) continue;       // removed by an earlier one
    const auto handler = place->handler;  // which may remove itself
    (*handler)();
  }
}

}  // namespace swapmasq::io
