// What PXE clients get besides or instead of an address: proxy offers and boot items (spec pxe.md sections 2, 4 and 5).
#pragma once

#include <cstdint>

#include "dhcp/server.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

class Pxe {
 public:
  explicit Pxe(Server& server) : server_(server) {}

  // True when the message is dealt with: it was one for the PXE side, or one that only a PXE client may send. The
  // transaction is taken when its answer has to wait.
  bool handle(TransactionPtr& t);

 private:
  void answer_boot_item(Transaction& t, std::uint16_t type, std::uint16_t layer);
  void answer_as_proxy(TransactionPtr& t, const Range& range);
  wire::Dhcp4Reply proxy_answer(Transaction& t, const Range& range, const TagSet& tags) const;

  Server& server_;
};

}  // namespace swapmasq::dhcp
