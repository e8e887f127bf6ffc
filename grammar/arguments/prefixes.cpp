#include "grammar/arguments/prefixes.hpp"

#include <cstdint>
#include <utility>

#include "grammar/arguments/split.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

Result<settings::AddressPrefix> parse_address_prefix(std::string_view argument) {
  const std::string plain = unquote(argument);
  const auto [address_text, length_text] = cut_at(plain, '/');
  const auto address = IpAddress::parse(address_text);
  if (!address) return refused("");
  const auto longest = static_cast<std::uint8_t>(address_bits(*address));
  settings::AddressPrefix prefix{*address, longest};
  if (length_text && (!assign_number(*length_text, prefix.length) || prefix.length > longest)) return refused("");
  return prefix;
}

}  // namespace swapmasq::grammar
