// Any text as a configuration file through --check: the reading past errors, every check, and both reports. Includes
// are not followed, and the machine is a fake. Dictionary: compat-tests/fuzz/config.dict.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "check/checks.hpp"
#include "check/collector.hpp"
#include "check/fake_system.hpp"
#include "check/json_report.hpp"
#include "check/text_report.hpp"
#include "config/options.hpp"
#include "grammar/line.hpp"

namespace {

using namespace swapmasq;

grammar::Lookup lookup_without_a_machine() {
  return {
      .addresses = [](const std::string&) -> Result<std::vector<IpAddress>> {
        return tl::unexpected<std::string>("no such host");
      },
      .interface_index = [](const std::string&) -> std::uint32_t { return 0; },
  };
}

void try_line(const config::SourceLine& line, config::Draft& draft, check::Collector& collector) {
  const auto directive = grammar::read_line(line.text);
  if (!directive) return collector.failed(line, config::error_at(line.location, directive.error()));
  if (!*directive) return;
  collector.reading(line, **directive);
  const auto apply = config::handler_of((*directive)->option);
  const auto applied = apply == nullptr ? config::Applied{} : apply(draft, (*directive)->argument);
  if (!applied) return collector.failed(line, config::error_at(line.location, applied.error()));
  collector.accepted(line, **directive);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  config::Draft draft;
  draft.lookup = lookup_without_a_machine();
  check::Collector collector;
  config::Location location{config::Location::Source::file, "fuzz", 0};
  for (std::string_view rest{text}; !rest.empty();) {
    ++location.line;
    const auto end = rest.find('\n');
    try_line({location, rest.substr(0, end)}, draft, collector);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  collector.finished(draft);
  const check::FakeSystem system;
  check_all({collector.entries(), collector.settings(), system}, collector.report());
  static_cast<void>(text_of(collector.report()));
  if (!nlohmann::json::accept(json_of(collector.report()))) std::abort();
  return 0;
}
