// Sends many datagrams with as few system calls and as little work in the kernel as possible: sendmmsg(2), and, where
// they may be joined, successive datagrams of one length, perhaps with a shorter one behind them, that go the same way
// as one message that the kernel cuts (UDP_SEGMENT).
// Errors are errno values.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::io {

// What a datagram needs to leave by the right way. Absent and 0: the kernel decides.
struct Via {
  std::optional<IpAddress> source;
  unsigned interface_index = 0;

  bool operator==(const Via&) const = default;
};

// One of several datagrams that are sent together.
struct Outgoing {
  ByteView bytes;
  std::optional<Endpoint> to;  // nothing: the socket is connected
  Via via;
};

// Called with the place of a datagram that could not be sent, and errno.
using SendFailed = std::function<void(std::size_t, int)>;

class DatagramSender {
 public:
  // `bound`: the address of the socket, which datagrams leave from without being told. `join`: not for receivers that
  // listen below UDP (AF_PACKET), as DHCP clients do; on the same host they see the message before it is cut.
  explicit DatagramSender(const Endpoint& bound = {}, bool join = true);
  DatagramSender(DatagramSender&&) noexcept;
  DatagramSender& operator=(DatagramSender&&) noexcept;
  ~DatagramSender();

  // In this order.
  void send(int fd, std::span<const Outgoing> datagrams, const SendFailed& failed);
  // 0 or errno.
  int send_one(int fd, const Outgoing& datagram);
  // Back to back datagrams of `size` octets each, the last one perhaps shorter: 0 or errno.
  int send_segments(int fd, const Outgoing& all, std::size_t size);

 private:
  struct Run;
  struct Scratch;
  bool needs_nothing(const Via& via) const;
  int transmit(int fd, const Outgoing& datagram, std::uint16_t segment);
  std::size_t run_length(std::span<const Outgoing> datagrams) const;

  Endpoint bound_;
  bool join_;
  bool segmentation_ = true;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace swapmasq::io
