// Asks a running daemon. Waits for the answer, though not for ever: not for use inside the event loop.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace swapmasq::control {

struct AskError {
  enum class Kind {
    absent,         // there is no such socket, or nobody listens there
    forbidden,      // the socket is somebody else's
    silent,         // no answer in time, or the connection broke
    other_version,  // the daemon speaks another version of the protocol, or something else altogether
    refused,        // by the daemon: `text` says why
  };

  Kind kind = Kind::absent;
  std::string text;
};

Result<std::string, AskError> ask(const std::string& path, std::string_view command, std::chrono::seconds patience);

}  // namespace swapmasq::control
