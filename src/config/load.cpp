#include "config/load.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>

#include "config/build.hpp"
#include "config/checks.hpp"
#include "config/options.hpp"
#include "config/repetition.hpp"
#include "config/sources.hpp"
#include "config/system_lookup.hpp"
#include "config/usage.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/command_line.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::config {

namespace {

using grammar::Directive;
using grammar::Option;

constexpr auto default_file = "/etc/dnsmasq.conf";
const Location command_line_location{Location::Source::command_line, "", 0};

std::string path_of(const Directive& directive) { return grammar::unquote(directive.argument.value_or("")); }

class Loader {
 public:
  explicit Loader(Observer* observer)
      : observer_(observer),
        sources_(
            [this](std::string_view line, const Location& location) {
              take_line({location, line});
            },
            [this](const StartupError& error) { fail(error); }) {
    draft_.lookup = system_lookup();
  }

  Outcome run(int argc, const char* const* argv);

 private:
  // Does a step of the reading, and goes on after its error when somebody observes.
  template <typename Step>
  void attempt(Step step);
  // Ends the reading, or tells the observer; of the line that is being read, if any.
  void fail(const StartupError& error);

  void take_line(const SourceLine& line);
  void take_word(const Directive& directive);
  void take_own(const grammar::OwnDirective& directive);
  // Acts on one option, wherever it stands.
  void apply(const Directive& directive, const SourceLine& line);
  void act(const Directive& directive, const Location& location);
  // All of the command line but the first file, whose path is returned.
  std::string take_command_line(const grammar::CommandLine& command_line);

  Observer* observer_;
  const SourceLine* line_ = nullptr;  // the line that is being read
  Draft draft_;
  Repetition repetition_;
  Sources sources_;
};

// The text that ends the reading of the command line, for --help and --version.
std::optional<Answer> answer_to(Option option, int argc, const char* const* argv) {
  if (option == Option::version) return Answer{version_text(), ""};
  if (option != Option::help) return std::nullopt;
  const std::string_view topic = argc == 3 ? argv[2] : "";
  if (topic == "dhcp") return Answer{known_dhcp_options(), ""};
  if (topic == "dhcp6") return Answer{known_dhcp6_options(), ""};
  return Answer{usage_text(), ""};
}

// An option of the command line as one text.
std::string text_of(const Directive& directive) {
  const auto name = grammar::row_of(directive.option).name;
  return directive.argument ? fmt::format("--{}={}", name, *directive.argument) : fmt::format("--{}", name);
}

template <typename Step>
void Loader::attempt(Step step) {
  if (observer_ == nullptr) return step();
  try {
    step();
  } catch (const StartupError& error) {
    fail(error);
  }
}

void Loader::fail(const StartupError& error) {
  if (observer_ == nullptr) throw error;
  if (line_ != nullptr) {
    observer_->failed(*line_, error);
  } else {
    observer_->failed(error);
  }
}

void Loader::take_line(const SourceLine& line) {
  const auto* const outer = std::exchange(line_, &line);
  attempt([&] {
    const auto directive = grammar::read_line(line.text);
    if (!directive) throw error_at(line.location, directive.error());
    if (*directive) apply(**directive, line);
  });
  line_ = outer;
}

void Loader::take_word(const Directive& directive) {
  const auto text = text_of(directive);
  const SourceLine line{command_line_location, text};
  line_ = &line;
  attempt([&] { apply(directive, line); });
  line_ = nullptr;
}

void Loader::apply(const Directive& directive, const SourceLine& line) {
  if (observer_ != nullptr) observer_->reading(line, directive);
  if (const auto message = grammar::refusal(grammar::row_of(directive.option))) throw error_at(line.location, *message);
  if (repetition_.note(directive.option, line.location) == Repetition::Verdict::ignore) {
    if (observer_ != nullptr) observer_->ignored(line, directive);
    return;
  }
  act(directive, line.location);
  if (observer_ != nullptr) observer_->accepted(line, directive);
}

void Loader::act(const Directive& directive, const Location& location) {
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
  const auto& row = grammar::row_of(directive.option);
  if (row.support == grammar::Support::judged) draft_.without_effect(row.name);
}

// Those that are commands are none of our business.
void Loader::take_own(const grammar::OwnDirective& directive) {
  if (directive.option != grammar::OwnOption::dns_threads) return;
  constexpr int most = 64;
  const auto threads = grammar::number(directive.argument.value_or(""));
  const auto text = fmt::format("--dns-threads={}", directive.argument.value_or(""));
  const SourceLine line{command_line_location, text};
  line_ = &line;
  if (!threads || *threads < 1 || *threads > most) {
    fail(error_at(command_line_location, fmt::format("dns-threads takes a number from 1 to {}", most)));
  } else {
    draft_.settings.dns.threads = static_cast<unsigned>(*threads);
  }
  line_ = nullptr;
}

std::string Loader::take_command_line(const grammar::CommandLine& command_line) {
  std::string first_file;
  auto malformed = command_line.malformed.begin();
  for (std::size_t i = 0; i <= command_line.directives.size(); ++i) {
    for (; malformed != command_line.malformed.end() && malformed->position == i; ++malformed) {
      const SourceLine line{command_line_location, malformed->word};
      line_ = &line;
      fail(error_at(command_line_location, ""));
      line_ = nullptr;
    }
    if (i == command_line.directives.size()) break;
    const auto& directive = command_line.directives[i];
    if (directive.option == Option::conf_file && first_file.empty()) {
      first_file = path_of(directive);
    } else {
      take_word(directive);
    }
  }
  for (const auto& directive : command_line.own) take_own(directive);
  for (const auto& word : command_line.junk) {
    const SourceLine line{command_line_location, word};
    line_ = &line;
    fail({ExitCode::bad_config, "junk found in command line"});
    line_ = nullptr;
  }
  return first_file;
}

Outcome Loader::run(int argc, const char* const* argv) {
  auto command_line = grammar::read_command_line(argc, argv);
  std::optional<Answer> answer;
  // --help and --version act when they are reached.
  const auto ending = std::ranges::find_if(command_line.directives, [&](const Directive& directive) {
    answer = answer_to(directive.option, argc, argv);
    return answer.has_value();
  });
  if (answer) {
    const auto position = static_cast<std::size_t>(ending - command_line.directives.begin());
    std::erase_if(command_line.malformed, [&](const auto& word) { return word.position > position; });
    command_line.directives.erase(ending, command_line.directives.end());
    command_line.junk.clear();
  }
  const auto first_file = take_command_line(command_line);
  if (answer) return *std::move(answer);
  if (first_file.empty()) {
    sources_.read_default_file(default_file);
  } else {
    sources_.read_file(first_file);
  }

  const bool test =
      std::ranges::find(command_line.directives, Option::test, &Directive::option) != command_line.directives.end();
  const auto fail_whole = [this](const StartupError& error) { fail(error); };
  complete(draft_, fail_whole);
  if (test && observer_ == nullptr) return Answer{"", "dnsmasq: syntax check OK.\n"};
  check_before_start(draft_, fail_whole);
  if (observer_ != nullptr) observer_->finished(draft_);
  return std::move(draft_.settings);
}

}  // namespace

Outcome load(int argc, const char* const* argv, Observer* observer) { return Loader{observer}.run(argc, argv); }

}  // namespace swapmasq::config
