// Any text as a lease file. What was understood is written in a form that is understood as a whole.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

#include "base/bytes.hpp"
#include "dhcp/lease_file_format.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace swapmasq;
  dhcp::LeaseStore leases{1000};
  auto content = dhcp::parse_lease_file(to_text({data, size}));
  for (auto& lease : content.leases) {
    if (!std::visit([&](auto& l) { return leases.restore(std::move(l)); }, lease)) break;
  }
  leases.set_server_duid(content.server_duid.value_or(Bytes{1}));
  const auto again = dhcp::parse_lease_file(dhcp::lease_file_text(leases));
  if (!again.problems.empty() || again.leases.size() != leases.size()) std::abort();
  return 0;
}
