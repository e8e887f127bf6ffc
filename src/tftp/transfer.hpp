// One transfer: what has been sent, what has been acknowledged, and when to try again (RFC 1350, RFC 7440, spec
// tftp.md sections 8 and 9). Knows no socket: it says which packets are to go out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "tftp/blocks.hpp"
#include "tftp/negotiation.hpp"

namespace swapmasq::tftp {

class Transfer {
 public:
  // Begins at `now` with an OACK if options were agreed, else with DATA 1.
  Transfer(std::unique_ptr<Blocks> blocks, const Agreement& agreement, TimePoint now);

  // The packets that are due, whole window or OACK: after the beginning, after progress and on expiry.
  struct Packets {
    ByteView octets;
    std::size_t size = 0;          // of each packet but the last
    std::optional<Errno> failure;  // the file could not be read up to the end of the window
  };
  [[nodiscard]] Packets packets();

  enum class Ack { ignored, progress, complete };
  // Only blocks that have been sent and not yet acknowledged are progress. Old ones are not answered, which is the
  // cure of the Sorcerer's Apprentice syndrome (RFC 1123 section 4.2.3.1).
  [[nodiscard]] Ack acknowledge(std::uint16_t block, TimePoint now);

  enum class Expiry { none, retransmit, abandon };
  // After `retransmit` the next deadline is set already.
  [[nodiscard]] Expiry expire(TimePoint now);

  // When expire() has something to say.
  TimePoint due() const;

  // Every block went out at least once: only the last acknowledgement can be missing.
  bool all_sent() const;

  // For the story of the transfer: how many blocks were acknowledged, how often something had to be sent again.
  std::uint64_t acknowledged_blocks() const { return next_ == 0 ? 0 : next_ - 1; }
  std::uint32_t retransmissions() const { return retransmissions_; }

 private:
  // Moves the deadline on; each try waits longer.
  void back_off();

  std::unique_ptr<Blocks> blocks_;
  Bytes oack_;
  std::size_t packet_size_;
  std::uint32_t window_;
  std::int64_t timeout_;

  std::uint64_t next_;          // the first block without acknowledgement; 0 is the OACK
  std::uint64_t sent_end_ = 0;  // the block after the last one sent
  // Wall-clock seconds, as dnsmasq counts.
  std::int64_t deadline_;
  std::int64_t progress_;
  unsigned tries_ = 1;
  std::uint32_t retransmissions_ = 0;
};

}  // namespace swapmasq::tftp
