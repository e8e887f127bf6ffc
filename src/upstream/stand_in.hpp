// What c-ares is given in place of a message (cares_channel.hpp), and shown in place of its reply: RFC 1035
// section 4.1.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace swapmasq::upstream {

inline std::array<std::uint8_t, 2> octets_of(std::size_t number) {
  return {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

using StandIn = std::array<std::uint8_t, 17>;

// A question for the name servers of the root, which every version lets pass.
inline StandIn stand_in(std::uint16_t id) {
  StandIn query{0, 0, 0x01, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1};
  std::ranges::copy(octets_of(id), query.begin());
  return query;
}

// A failure: new versions derive time limits from how long successes took.
inline StandIn reply_to_stand_in(std::uint16_t id) {
  constexpr std::uint8_t response = 0x80, server_failure = 2;
  auto reply = stand_in(id);
  reply[2] |= response;
  reply[3] = server_failure;
  return reply;
}

}  // namespace swapmasq::upstream
