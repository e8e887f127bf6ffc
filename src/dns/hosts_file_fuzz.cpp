#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "dns/hosts_file.hpp"
#include "dns/hosts_store.hpp"
#include "wire/dns_name.hpp"

namespace {

using namespace swapmasq;

struct Store : dns::HostsSink {
  void host(const IpAddress& address, std::string_view name, bool /*dotted*/) override {
    store.add(name, address, dns::HostsStore::config);
    const auto parsed = wire::DnsName::from_text(name);
    if (parsed && !parsed->is_root() && store.first(parsed->wire()) == nullptr) std::abort();
  }
  void bad_address(std::size_t /*line*/) override {}
  void bad_name(std::size_t /*line*/) override {}

  dns::HostsStore store;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Store sink;
  dns::parse_hosts(
      to_text({data, size}), [](std::string_view name) { return std::optional{std::string{name}}; }, sink);
  return 0;
}
