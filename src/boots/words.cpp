#include "boots/words.hpp"

#include <array>

namespace swapmasq::boots {

namespace {

template <typename Enum, std::size_t Size>
std::string_view nth(const std::array<std::string_view, Size>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view word(Firmware::Kind kind) {
  static constexpr std::array<std::string_view, 7> words{"unknown", "bootp", "pxe",   "http-boot",
                                                         "u-boot",  "ipxe",  "system"};
  return nth(words, kind);
}

std::string_view word(TurnedAway why) {
  static constexpr std::array<std::string_view, 3> words{"ignored", "no-range", "no-address"};
  return nth(words, why);
}

std::string_view word(FileRequest::Result result) {
  static constexpr std::array<std::string_view, 10> words{"running",   "sent",       "size-told", "not-found",
                                                          "denied",    "unreadable", "refused",   "client-error",
                                                          "timed-out", "begun-anew"};
  return nth(words, result);
}

std::string_view word(Outcome::State state) {
  static constexpr std::array<std::string_view, 4> words{"running", "finished", "handed-over", "failed"};
  return nth(words, state);
}

std::string_view word(wire::Dhcp4Type type) {
  static constexpr std::array<std::string_view, 9> words{"BOOTP", "DISCOVER", "OFFER",   "REQUEST", "DECLINE",
                                                         "ACK",   "NAK",      "RELEASE", "INFORM"};
  const auto index = static_cast<std::size_t>(type);
  return index < words.size() ? words.at(index) : "OTHER";
}

}  // namespace swapmasq::boots
