#include "config/system_lookup.hpp"

#include <arpa/inet.h>
#include <array>
#include <memory>
#include <net/if.h>
#include <netdb.h>
#include <sys/socket.h>

namespace swapmasq::config {

namespace {

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

Result<std::vector<IpAddress>> addresses_of(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(name.c_str(), nullptr, &hints, &found);
  const std::unique_ptr<addrinfo, FreeAddresses> owner{found};
  if (error == EAI_AGAIN) return tl::unexpected<std::string>("Cannot resolve server name");
  if (error != 0) return tl::unexpected<std::string>(gai_strerror(error));

  std::vector<IpAddress> addresses;
  for (const auto* entry = found; entry != nullptr; entry = entry->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(entry->ai_addr, entry->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
      continue;
    }
    std::string_view address{text.data()};
    address = address.substr(0, address.find('%'));
    if (const auto parsed = IpAddress::parse(address)) addresses.push_back(*parsed);
  }
  return addresses;
}

}  // namespace

grammar::Lookup system_lookup() {
  return {
      .addresses = addresses_of,
      .interface_index = [](const std::string& name) -> std::uint32_t { return if_nametoindex(name.c_str()); },
  };
}

}  // namespace swapmasq::config
