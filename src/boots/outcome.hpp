// How a boot went, and, when it did not finish, what was likely the matter.
//
// A boot is judged by what this server saw of it. What a client fetches from elsewhere, or does with a file that it
// got, is not seen; the explanations say "likely".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "boots/story.hpp"

namespace swapmasq::boots {

// What is true of the server and not in the story.
struct Surroundings {
  std::vector<Ipv4> own_addresses;
  bool tftp = false;  // enable-tftp
};

struct Outcome {
  enum class State {
    running,      // something happened a moment ago
    finished,     // all files were sent, or the operating system has asked for an address
    handed_over,  // the boot file is somewhere else
    failed,
  };

  State state = State::running;
  std::string_view cause;   // the name of the rule that applied; empty: not failed
  std::string explanation;  // a sentence without full stop
};

Outcome judge(const Boot& boot, const Surroundings& surroundings, TimePoint now);

}  // namespace swapmasq::boots
