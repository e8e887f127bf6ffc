#include "config/load.hpp"

#include <optional>
#include <utility>

#include "config/build.hpp"
#include "config/checks.hpp"
#include "config/options.hpp"
#include "config/repetition.hpp"
#include "config/sources.hpp"
#include "config/system_lookup.hpp"
#include "config/usage.hpp"
#include "grammar/command_line.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::config {

namespace {

using grammar::Directive;
using grammar::Option;

constexpr auto default_file = "/etc/dnsmasq.conf";

std::string path_of(const Directive& directive) { return grammar::unquote(directive.argument.value_or("")); }

class Loader {
 public:
  Loader() : sources_([this](const Directive& directive, const Location& location) { apply(directive, location); }) {
    draft_.lookup = system_lookup();
  }

  Outcome run(int argc, const char* const* argv);

 private:
  // Acts on one option, wherever it stands.
  void apply(const Directive& directive, const Location& location);
  // The text that ends the reading of the command line, for --help and --version.
  static std::optional<Answer> answer_to(Option option, int argc, const char* const* argv);

  Draft draft_;
  Repetition repetition_;
  Sources sources_;
};

std::optional<Answer> Loader::answer_to(Option option, int argc, const char* const* argv) {
  if (option == Option::version) return Answer{version_text(), ""};
  if (option != Option::help) return std::nullopt;
  const std::string_view topic = argc == 3 ? argv[2] : "";
  if (topic == "dhcp") return Answer{known_dhcp_options(), ""};
  if (topic == "dhcp6") return Answer{known_dhcp6_options(), ""};
  return Answer{usage_text(), ""};
}

void Loader::apply(const Directive& directive, const Location& location) {
  const auto& row = grammar::row_of(directive.option);
  if (const auto message = grammar::refusal(row)) throw error_at(location, *message);
  if (repetition_.note(directive.option, location) == Repetition::Verdict::ignore) return;
  switch (directive.option) {
    case Option::conf_file:
      if (const auto path = path_of(directive); !path.empty()) sources_.read_file(path);
      return;
    case Option::conf_dir:
      sources_.read_directory(*directive.argument);
      return;
    case Option::conf_script:
      sources_.run_script(path_of(directive));
      return;
    case Option::help:
    case Option::version:
    case Option::test:
      return;  // the command line's; in files they are accepted without effect
    default:
      break;
  }
  const auto handler = handler_of(directive.option);
  const auto applied = handler(draft_, directive.argument);
  if (!applied) throw error_at(location, applied.error());
  if (row.support == grammar::Support::judged) draft_.without_effect(row.name);
}

Outcome Loader::run(int argc, const char* const* argv) {
  const Location here{Location::Source::command_line, "", 0};
  const auto command_line = grammar::read_command_line(argc, argv);
  std::string first_file;
  bool test = false;
  for (const auto& directive : command_line.directives) {
    if (auto answer = answer_to(directive.option, argc, argv)) return *std::move(answer);
    test = test || directive.option == Option::test;
    if (directive.option == Option::conf_file && first_file.empty()) {
      first_file = path_of(directive);
    } else {
      apply(directive, here);
    }
  }
  if (command_line.end == grammar::CommandLine::End::malformed) throw error_at(here, "");
  if (command_line.end == grammar::CommandLine::End::junk) {
    throw StartupError{ExitCode::bad_config, "junk found in command line"};
  }
  if (first_file.empty()) {
    sources_.read_default_file(default_file);
  } else {
    sources_.read_file(first_file);
  }

  complete(draft_);
  if (test) return Answer{"", "dnsmasq: syntax check OK.\n"};
  check_before_start(draft_);
  return std::move(draft_.settings);
}

}  // namespace

Outcome load(int argc, const char* const* argv) { return Loader{}.run(argc, argv); }

}  // namespace swapmasq::config
