// The names of DHCP leases as the DNS answers them (spec dns-local-data.md section 17).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dns/lease_name.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

class LeaseNames {
 public:
  struct Entry {
    IpAddress address;
    std::optional<TimePoint> expires;

    bool alive(TimePoint now) const { return !expires || now < *expires; }
  };

  // The first name of an address is the one that it is called by.
  void add(std::string_view name, const IpAddress& address, std::optional<TimePoint> expires);
  // All names of an address.
  void remove(const IpAddress& address);
  void clear();

  // The addresses of a name (lower case), expired ones among them; null when there is none.
  const std::vector<Entry>* find(wire::WireName name) const;
  struct Reverse {
    std::string name;     // wire form, lower case
    std::string spelled;  // as the client wrote it
    std::optional<TimePoint> expires;

    bool alive(TimePoint now) const { return !expires || now < *expires; }
  };
  // The first name of the address.
  const Reverse* by_address(const IpAddress& address) const;
  // Whether the name or anything below it is a lease's.
  bool knows(wire::WireName name) const;
  // Every name with every address.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const auto& [name, entries] : names_)
      for (const auto& entry : entries) visit(wire::WireName{name}, entry);
  }

 private:
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };

  std::unordered_map<std::string, std::vector<Entry>, NameHash, std::equal_to<>> names_;
  std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>> ancestors_;  // of so many names
  std::unordered_map<IpAddress, std::vector<Reverse>> addresses_;
};

}  // namespace swapmasq::dns
