#include "grammar/arguments/interfaces.hpp"

#include "grammar/arguments/split.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/diagnosis.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

Result<std::vector<std::string>> parse_interfaces(std::string_view argument) {
  std::vector<std::string> names;
  for (const std::string_view name : split_at(argument, ',')) names.push_back(unquote(name));
  return names;
}

std::optional<settings::InterfaceAddresses> interface_addresses(std::string_view text) {
  const auto [name, family] = cut_at(text, '/');
  settings::InterfaceAddresses interface { unquote(name) };
  if (!family) return interface;
  if (*family != "4" && *family != "6") return std::nullopt;
  interface.v4 = *family == "4";
  interface.v6 = *family == "6";
  return interface;
}

Result<std::vector<IpAddress>> parse_addresses(std::string_view argument) {
  std::vector<IpAddress> addresses;
  for (const std::string_view text : split_at(argument, ',')) {
    const auto address = IpAddress::parse(unquote(text));
    if (!address) {
      blame(text, "an IP address");
      return refused("");
    }
    addresses.push_back(*address);
  }
  return addresses;
}

}  // namespace swapmasq::grammar
