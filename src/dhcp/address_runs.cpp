#include "dhcp/address_runs.hpp"

#include <iterator>

namespace swapmasq::dhcp {
namespace {

Ipv4 address_at(std::uint64_t value) { return Ipv4{static_cast<std::uint32_t>(value)}; }

}  // namespace

AddressRuns::Runs::const_iterator AddressRuns::run_of(std::uint64_t address) const {
  auto run = runs_.upper_bound(address);
  if (run == runs_.begin()) return runs_.end();
  --run;
  return address < run->second ? run : runs_.end();
}

void AddressRuns::add(Ipv4 address) {
  std::uint64_t first = address.value;
  std::uint64_t end = first + 1;
  if (run_of(first) != runs_.end()) return;
  if (const auto after = runs_.find(end); after != runs_.end()) {
    end = after->second;
    runs_.erase(after);
  }
  if (const auto before = first == 0 ? runs_.cend() : run_of(first - 1); before != runs_.cend()) first = before->first;
  runs_[first] = end;
}

void AddressRuns::remove(Ipv4 address) {
  const std::uint64_t value = address.value;
  const auto run = run_of(value);
  if (run == runs_.end()) return;
  const auto [first, end] = *run;
  runs_.erase(run);
  if (first < value) runs_[first] = value;
  if (value + 1 < end) runs_[value + 1] = end;
}

std::optional<Ipv4> AddressRuns::first_outside(Ipv4 from, Ipv4 last) const {
  const auto run = run_of(from.value);
  const auto value = run == runs_.end() ? from.value : run->second;
  return value <= last.value ? std::optional{address_at(value)} : std::nullopt;
}

}  // namespace swapmasq::dhcp
