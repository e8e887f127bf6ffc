// Any text as a lease file. What was understood is written in a form that is understood the same way.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

#include "base/bytes.hpp"
#include "dhcp/lease_file_format.hpp"

namespace {

std::string rewritten(std::string_view text) {
  swapmasq::dhcp::LeaseStore leases{1000};
  auto content = swapmasq::dhcp::parse_lease_file(text);
  for (auto& lease : content.leases) {
    if (!std::visit([&](auto& l) { return leases.restore(std::move(l)); }, lease)) break;
  }
  if (content.server_duid) leases.set_server_duid(std::move(*content.server_duid));
  return swapmasq::dhcp::lease_file_text(leases);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = swapmasq::to_text({data, size});
  const auto once = rewritten(text);
  if (rewritten(rewritten(once)) != once) std::abort();
  return 0;
}
