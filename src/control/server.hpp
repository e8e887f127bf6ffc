// Answers requests on the control socket inside the event loop. A client that is slow, silent, or not allowed to ask
// costs a connection for a few seconds, of which there are few; the loop never waits for it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>

#include "base/result.hpp"
#include "io/descriptor.hpp"
#include "io/loop.hpp"

namespace swapmasq::control {

class Server {
 public:
  struct Limits {
    std::size_t connections = 4;       // further clients wait in the backlog
    std::chrono::seconds lifetime{5};  // of a connection, whatever happens
  };
  // Answers a command with the body of the reply, or says what is wrong with it.
  using Handler = std::function<Result<std::string>(std::string_view command)>;
  // Whether a peer with this user id may ask.
  using Admission = std::function<bool(uid_t user)>;

  Server(io::Loop& loop, io::Descriptor socket, Limits limits, Admission admits, Handler handler);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace swapmasq::control
