// What is read as a request is written the same way again.
#include <cstdlib>

#include "control/protocol.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace control = swapmasq::control;
  const auto command = control::read_request({data, size});
  if (!command) return 0;
  const auto line = control::make_request(*command);
  const auto again = control::read_request(swapmasq::to_bytes(std::string_view{line}.substr(0, line.size() - 1)));
  if (again != command) std::abort();
  return 0;
}
