// Any text as the argument of any option: the first octet chooses the parser.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "grammar/arguments/every_parser.hpp"

namespace {

using namespace swapmasq;

// A machine on which every name has two addresses.
grammar::Lookup any_machine() {
  return {
      .addresses = [](const std::string&) -> Result<std::vector<IpAddress>> {
        return std::vector<IpAddress>{Ipv4{0x7f000001}, Ipv6{}};
      },
      .interface_index = [](const std::string& name) -> std::uint32_t { return name.empty() ? 0 : 1; },
  };
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string input(data, data + size);
  const auto parsers = grammar::every_parser();
  const auto& parser = parsers[static_cast<std::uint8_t>(input.front()) % parsers.size()];
  static_cast<void>(parser.judge(std::string_view{input}.substr(1), any_machine()));
  return 0;
}
