// ICMP echo requests (RFC 792): asks whether somebody uses an address, for DHCP's check before an offer. Many probes
// may run at the same time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

#include "base/address.hpp"
#include "io/descriptor.hpp"
#include "io/loop.hpp"

namespace swapmasq::io {

class IcmpProbe {
 public:
  using Done = std::function<void(bool answered)>;

  // The raw socket; made before privileges are dropped. Throws StartupError "cannot create ICMP raw socket: ...".
  static Descriptor open();

  IcmpProbe(Loop& loop, Descriptor socket);

  // Sends one request. `done` is called exactly once, never from inside this call.
  void ping(Ipv4 address, std::chrono::milliseconds timeout, Done done);

 private:
  struct Probe {
    Ipv4 address;
    Done done;
    std::unique_ptr<Loop::Timer> timer;
  };

  void receive();
  void finish(std::uint16_t id, bool answered);

  Loop& loop_;
  Descriptor socket_;
  Loop::Watch watch_;
  std::unordered_map<std::uint16_t, Probe> probes_;  // by echo identifier
};

}  // namespace swapmasq::io
