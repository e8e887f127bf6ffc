#include "io/inotify.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <span>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

#include "base/startup_error.hpp"

namespace swapmasq::io {

namespace {

// struct inotify_event without the name that follows it.
struct EventHead {
  std::int32_t watch;
  std::uint32_t mask;
  std::uint32_t cookie;
  std::uint32_t name_size;
};
static_assert(sizeof(EventHead) == sizeof(inotify_event));

}  // namespace

Inotify::Inotify(Loop& loop, Handler handler)
    : handler_(std::move(handler)), inotify_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (!inotify_) throw StartupError(ExitCode::other, fmt::format("failed to create inotify: {}", strerror(errno)));
  watch_ = loop.watch_readable(inotify_.get(), [this] { receive(); });
}

int Inotify::add(const std::string& folder, std::uint32_t mask) {
  return inotify_add_watch(inotify_.get(), folder.c_str(), mask);
}

void Inotify::receive() {
  std::array<char, 16384> buffer{};
  std::vector<Event> events;
  for (;;) {
    const auto got = ::read(inotify_.get(), buffer.data(), buffer.size());
    if (got <= 0) break;
    auto rest = std::span<const char>{buffer}.first(static_cast<std::size_t>(got));
    while (rest.size() >= sizeof(EventHead)) {
      std::array<char, sizeof(EventHead)> octets{};
      std::ranges::copy(rest.first(octets.size()), octets.begin());
      const auto head = std::bit_cast<EventHead>(octets);
      rest = rest.subspan(octets.size());
      const auto padded = rest.first(std::min<std::size_t>(head.name_size, rest.size()));
      events.push_back({head.watch, head.mask, {padded.begin(), std::ranges::find(padded, '\0')}});
      rest = rest.subspan(padded.size());
    }
  }
  if (!events.empty()) handler_(events);
}

}  // namespace swapmasq::io
