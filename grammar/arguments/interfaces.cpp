#include "grammar/arguments/interfaces.hpp"

#include "grammar/arguments/split.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

Result<std::vector<std::string>> parse_interfaces(std::string_view argument) {
  std::vector<std::string> names;
  for (const std::string_view name : split_at(argument, ',')) names.push_back(unquote(name));
  return names;
}

Result<std::vector<IpAddress>> parse_addresses(std::string_view argument) {
  std::vector<IpAddress> addresses;
  for (const std::string_view text : split_at(argument, ',')) {
    const auto address = IpAddress::parse(unquote(text));
    if (!address) return refused("");
    addresses.push_back(*address);
  }
  return addresses;
}

}  // namespace swapmasq::grammar
