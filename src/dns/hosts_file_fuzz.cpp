#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "dns/hosts_file.hpp"
#include "dns/hosts_store.hpp"
#include "wire/dns_name.hpp"

namespace {

using namespace swapmasq;

// A file of a hostsdir beside one that stays.
struct Store : dns::HostsSink {
  void host(const IpAddress& address, std::string_view name, bool /*dotted*/) override {
    store.add(name, address, source);
    const auto parsed = wire::DnsName::from_text(name);
    if (parsed && !parsed->is_root() && store.first(parsed->wire()) == nullptr) std::abort();
  }
  void bad_address(std::size_t /*line*/) override {}
  void bad_name(std::size_t /*line*/) override {}

  std::size_t records() const {
    std::size_t count = 0;
    store.for_each([&](const auto& record) {
      if (store.first(store.name(record)) == nullptr) std::abort();
      ++count;
    });
    return count;
  }

  dns::HostsStore store;
  dns::HostsStore::Source source = dns::HostsStore::config;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto canonicalise = [](std::string_view name) { return std::optional{std::string{name}}; };
  const auto text = to_text({data, size});
  const auto half = std::string_view{text}.substr(0, size / 2);
  Store sink;
  dns::parse_hosts(half, canonicalise, sink);
  const auto staying = sink.records();
  for (int round = 0; round < 2; ++round) {
    sink.source = sink.store.add_removable_source("file");
    dns::parse_hosts(text, canonicalise, sink);
    const auto all = sink.records();
    if (sink.store.remove("file") != all - staying || sink.records() != staying) std::abort();
  }
  return 0;
}
