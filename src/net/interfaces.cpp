#include "net/interfaces.hpp"

#include <algorithm>

namespace swapmasq::net {

const InterfaceAddress* Interface::primary_ipv4() const {
  const auto it = std::find_if(addresses.begin(), addresses.end(), [](const auto& a) { return a.address.is_v4(); });
  return it == addresses.end() ? nullptr : &*it;
}

const Interface* find_interface(const Interfaces& interfaces, unsigned index) {
  const auto it = std::find_if(interfaces.begin(), interfaces.end(), [&](const auto& i) { return i.index == index; });
  return it == interfaces.end() ? nullptr : &*it;
}

const Interface* find_interface(const Interfaces& interfaces, std::string_view name) {
  const auto it = std::find_if(interfaces.begin(), interfaces.end(), [&](const auto& i) { return i.name == name; });
  return it == interfaces.end() ? nullptr : &*it;
}

const Interface* find_owner(const Interfaces& interfaces, const IpAddress& address) {
  const auto it = std::find_if(interfaces.begin(), interfaces.end(), [&](const Interface& i) {
    return std::any_of(i.addresses.begin(), i.addresses.end(), [&](const auto& a) { return a.address == address; });
  });
  return it == interfaces.end() ? nullptr : &*it;
}

}  // namespace swapmasq::net
