#include "grammar/arguments/rr_types.hpp"

#include "grammar/arguments/split.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/diagnosis.hpp"
#include "grammar/quoting.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::grammar {

Result<std::vector<std::uint16_t>> parse_rr_types(std::string_view argument) {
  std::vector<std::uint16_t> types;
  for (const std::string_view text : split_at(argument, ',')) {
    if (const auto code = number(text)) {
      types.push_back(static_cast<std::uint16_t>(*code));
      continue;
    }
    const auto type = wire::type_number(unquote(text));
    if (!type) {
      blame(text, "a record type (such as AAAA or TXT) or its number");
      return refused("bad RR type");
    }
    types.push_back(*type);
  }
  return types;
}

}  // namespace swapmasq::grammar
