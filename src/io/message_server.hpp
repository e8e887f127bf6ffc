// TCP for DNS (RFC 1035 section 4.2.2, RFC 7766): accepts connections and cuts their octets into messages that stand
// behind a two-octet length. Knows nothing of what the messages say.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "io/descriptor.hpp"
#include "io/loop.hpp"

namespace swapmasq::io {

// A listening socket, made before privileges are dropped. The error is an errno value.
Result<Descriptor, int> listen_tcp(const Endpoint& local, int backlog);

// One accepted connection. Messages are delivered one at a time: the next is read after resume().
class MessageConnection {
 public:
  virtual ~MessageConnection() = default;
  virtual const Endpoint& peer() const = 0;
  virtual const Endpoint& local() const = 0;
  // Index of the interface that the connection came in by (IPv4); 0: not known.
  virtual unsigned arrival_interface() const = 0;
  // Writes a message of at most 65535 octets; nothing happens when the connection is gone.
  virtual void send(ByteView message) = 0;
  // Reads the next message.
  virtual void resume() = 0;
  virtual void close() = 0;

  std::uint32_t last_serial = 0;  // kept here for the one who serves: the number of the last message
};

class MessageServer {
 public:
  using Connection = std::shared_ptr<MessageConnection>;

  struct Limits {
    std::size_t connections = 30;        // further clients wait in the backlog
    std::size_t messages = 100;          // per connection
    std::size_t largest = 65535;         // octets of a message; a larger one ends the connection
    std::chrono::seconds lifetime{150};  // whatever happens
  };

  // `accepted`: whether to serve this peer; `received`: a message, whose octets are valid during the call only.
  MessageServer(Loop& loop, Limits limits, std::function<bool(MessageConnection&)> accepted,
                std::function<void(const Connection&, ByteView)> received);
  ~MessageServer();
  MessageServer(const MessageServer&) = delete;
  MessageServer& operator=(const MessageServer&) = delete;

  // Accepts from a listening socket until stop() names the same key.
  void serve(std::uint64_t key, Descriptor listener);
  void stop(std::uint64_t key);

  struct Use {
    std::size_t connections = 0;
    std::size_t highest = 0;
  };
  // The open connections, and how many there were at most since the last call.
  Use take_use();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace swapmasq::io
