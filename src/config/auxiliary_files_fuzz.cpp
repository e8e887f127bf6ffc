#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "config/auxiliary_files.hpp"

using namespace swapmasq;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = to_text({data, size});
  const std::string path = "/f";
  const config::AuxiliaryFile file{path, text};
  const grammar::Lookup lookup{
      .addresses = [](const std::string& /*name*/) -> Result<std::vector<IpAddress>> {
        return tl::unexpected<std::string>("unknown");
      },
      .interface_index = [](const std::string& /*name*/) -> std::uint32_t { return 0; },
  };
  const auto refused = [](const std::string& message) {
    if (!message.ends_with(" of /f")) std::abort();
  };
  bool take = false;
  config::read_dhcp_hosts(
      file, [&](const auto& /*host*/) { return take = !take; }, refused);
  (void)config::read_dhcp_options(file, refused);
  (void)config::read_servers(file, lookup, refused);
  std::size_t taken = 0;
  const auto counted = config::read_ethers(
      text,
      [&](const auto& host) {
        if (host.hardware.size() != 1 || host.address.has_value() != host.name.empty()) std::abort();
        take = !take;
        if (take) ++taken;
        return take;
      },
      [](config::EthersFault /*fault*/, std::size_t /*line*/) {});
  if (counted != taken) std::abort();
  return 0;
}
