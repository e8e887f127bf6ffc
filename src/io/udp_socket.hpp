// A non-blocking UDP socket that knows where each datagram came in, and is read and written in batches. Errors are
// errno values.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "io/datagram_sender.hpp"
#include "io/descriptor.hpp"

namespace swapmasq::io {

struct Datagram {
  ByteView bytes;  // valid during the visit only
  Endpoint source;
  std::optional<IpAddress> destination;  // with packet info
  unsigned interface_index = 0;          // with packet info; 0: not known
};

struct UdpOptions {
  Endpoint local;
  bool reuse_address = false;
  bool reuse_port = false;
  bool packet_info = false;
  bool broadcast = false;
  bool fragment = false;            // no path MTU discovery: datagrams go out without DF
  std::optional<std::uint8_t> tos;  // IPv4 type of service octet
  std::size_t largest = 4096;       // octets of the largest datagram that is received whole
  std::size_t receive_buffer = 0;   // octets that the kernel keeps for us while we are busy; 0: its default
  std::size_t batch = 16;           // datagrams per system call; 1 is the cheapest where they come singly
  bool join = false;                // batches that are sent: see DatagramSender
};

// Which step of opening failed, for those whose messages tell.
struct UdpError {
  enum class Step { create, options, reuse, bind };
  Step step = Step::create;
  int error = 0;
};

class UdpSocket {
 public:
  static Result<UdpSocket, UdpError> open(const UdpOptions& options);

  UdpSocket(UdpSocket&&) noexcept;
  UdpSocket& operator=(UdpSocket&&) noexcept;
  ~UdpSocket();

  int fd() const { return fd_.get(); }
  const Endpoint& local() const { return options_.local; }

  // From now on this socket receives from `peer` only, and sends there without a search for the route. What others
  // send to its address arrives at the socket that is returned; unless there is none, when all is as before.
  Result<UdpSocket, int> connect(const Endpoint& peer);

  // Visits what has arrived, one batch at most, and says how many datagrams that were. `visit` may destroy this
  // socket, but not receive from it.
  std::size_t receive(const std::function<void(const Datagram&)>& visit);

  // 0 or errno.
  int send(ByteView bytes, const Endpoint& to, const Via& via = {});
  // Back to back datagrams of `size` octets each, the last one perhaps shorter: one system call where the kernel
  // segments (UDP_SEGMENT), else one a datagram.
  int send_segments(ByteView bytes, std::size_t size, const Endpoint& to, const Via& via = {});

  // Together (datagram_sender.hpp).
  void send_batch(std::span<const Outgoing> datagrams, const SendFailed& failed);

  // SO_BINDTODEVICE
  int bind_to_device(const std::string& interface);

 private:
  struct Buffers;
  UdpSocket(Descriptor fd, const UdpOptions& options);
  std::size_t receive_one(const std::function<void(const Datagram&)>& visit);
  // Nothing: the peer that the socket is connected to.
  std::optional<Endpoint> destination(const Endpoint& to) const;

  Descriptor fd_;
  UdpOptions options_;
  std::optional<Endpoint> peer_;
  DatagramSender sender_;
  std::shared_ptr<Buffers> buffers_;
};

}  // namespace swapmasq::io
