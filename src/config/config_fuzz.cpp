// Any text as a configuration file: the lexer, every argument parser, and what each option does to the settings.
// Includes are not followed and names are not looked up. Dictionary: compat-tests/fuzz/config.dict.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/options.hpp"
#include "grammar/arguments/every_parser.hpp"
#include "grammar/line.hpp"

namespace {

using namespace swapmasq;

grammar::Lookup lookup_without_a_machine() {
  return {
      .addresses = [](const std::string&) -> Result<std::vector<IpAddress>> {
        return std::vector<IpAddress>{IpAddress{Ipv4{0x7f000001}}, IpAddress{Ipv6{}}};
      },
      .interface_index = [](const std::string& name) -> std::uint32_t { return name.empty() ? 0 : 1; },
  };
}

void try_line(std::string_view line, config::Draft& draft) {
  const auto directive = grammar::read_line(line);
  if (!directive || !*directive) return;
  const auto& [option, argument] = **directive;
  if (const auto apply = config::handler_of(option)) static_cast<void>(apply(draft, argument));
  if (!argument) return;
  for (const auto& parser : grammar::every_parser()) {
    if (parser.option == grammar::row_of(option).name) static_cast<void>(parser.judge(*argument, draft.lookup));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  config::Draft draft;
  draft.lookup = lookup_without_a_machine();
  std::string_view rest{text};
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    try_line(rest.substr(0, end), draft);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return 0;
}
