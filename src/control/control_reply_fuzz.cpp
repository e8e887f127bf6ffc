// A body that is read from a reply makes the same reply again.
#include <cstdlib>

#include "control/protocol.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace control = swapmasq::control;
  const auto reply = control::read_reply({data, size});
  if (!reply || !reply->ok) return 0;
  const auto again = control::read_reply(swapmasq::to_bytes(control::make_reply(reply->text)));
  if (!again || again->text != reply->text) std::abort();
  return 0;
}
