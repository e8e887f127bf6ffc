// What PXE clients get besides or instead of an address: proxy offers and boot items (spec pxe.md sections 2, 4 and 5).
#pragma once

#include <cstdint>

#include "dhcp/server.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

class Pxe {
 public:
  explicit Pxe(Server& server) : server_(server) {}

  // True when the message is dealt with: it was one for the PXE side, or one that only a PXE client may send.
  bool handle(Transaction& t);

 private:
  void answer_boot_item(Transaction& t, std::uint16_t type, std::uint16_t layer);
  void answer_as_proxy(Transaction& t, const Range& range);

  Server& server_;
};

}  // namespace swapmasq::dhcp
