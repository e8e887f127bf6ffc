#include "grammar/line.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tao/pegtl.hpp>
#include <utility>

#include "grammar/arguments/split.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

namespace {

namespace pegtl = tao::pegtl;

struct Scan {
  std::string text;
  bool after_space = true;  // a '#' here begins a comment
  bool unclosed = false;

  template <typename Input>
  void take(char c, const Input& /*in*/) {
    text.push_back(c);
  }
  template <typename Input>
  void stop_at_quote(const Input& /*in*/) {
    unclosed = true;
  }
};

struct TracingScan {
  TracedLine line;
  bool after_space = true;

  template <typename Input>
  static std::size_t offset_of(const Input& in) {
    return static_cast<std::size_t>(std::distance(in.input().begin(), in.begin()));
  }
  template <typename Input>
  void take(char c, const Input& in) {
    line.text.push_back(c);
    line.origins.push_back(offset_of(in));
  }
  template <typename Input>
  void stop_at_quote(const Input& in) {
    line.unclosed_quote = offset_of(in);
  }
};

struct space : pegtl::one<' ', '\t', '\v', '\f', '\r'> {};
struct hash_after_space : pegtl::one<'#'> {};
struct comment : pegtl::seq<hash_after_space, pegtl::star<pegtl::any>> {};
struct plain : pegtl::any {};

struct escape_letter : pegtl::one<'"', 't', 'n', 'e', 'b', 'r', '\\'> {};
struct escape : pegtl::seq<pegtl::one<'\\'>, escape_letter> {};
struct quoted_plain : pegtl::not_one<'"'> {};
struct closing_quote : pegtl::one<'"'> {};
struct quoted : pegtl::seq<pegtl::one<'"'>, pegtl::star<pegtl::sor<escape, quoted_plain>>, closing_quote> {};
// The character after a closing quote opens no further quoted run.
struct after_quoted : pegtl::opt<pegtl::sor<comment, space, plain>> {};

struct quote : pegtl::one<'"'> {};
struct unclosed : quote {};
struct line : pegtl::seq<pegtl::star<pegtl::sor<pegtl::seq<quoted, after_quoted>, comment, space,
                                                pegtl::seq<pegtl::not_at<quote>, plain>>>,
                         pegtl::opt<unclosed>> {};

template <typename Rule>
struct Action : pegtl::nothing<Rule> {};

template <>
struct Action<space> {
  template <typename Input, typename State>
  static void apply(const Input& in, State& scan) {
    scan.take(' ', in);
    scan.after_space = true;
  }
};

template <>
struct Action<hash_after_space> {
  template <typename State>
  static bool apply0(const State& scan) {
    return scan.after_space;
  }
};

template <>
struct Action<plain> {
  template <typename Input, typename State>
  static void apply(const Input& in, State& scan) {
    scan.take(in.peek_char(), in);
    scan.after_space = false;
  }
};

template <>
struct Action<quoted_plain> {
  template <typename Input, typename State>
  static void apply(const Input& in, State& scan) {
    scan.take(protect(in.peek_char()), in);
  }
};

char escaped(char letter) {
  switch (letter) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'e':
      return '\033';
    case 'b':
      return '\b';
    case 'r':
      return '\r';
    default:
      return letter;
  }
}

template <>
struct Action<escape_letter> {
  template <typename Input, typename State>
  static void apply(const Input& in, State& scan) {
    scan.take(escaped(in.peek_char()), in);
  }
};

template <>
struct Action<unclosed> {
  template <typename Input, typename State>
  static void apply(const Input& in, State& scan) {
    scan.stop_at_quote(in);
  }
};

// A NUL ends the line.
template <typename State>
void scan_line(std::string_view text, State& scan) {
  text = text.substr(0, text.find('\0'));
  pegtl::memory_input<pegtl::tracking_mode::lazy> input(text.data(), text.size(), "");
  static_cast<void>(pegtl::parse<line, Action>(input, scan));
}

}  // namespace

Result<std::string> lex_line(std::string_view text) {
  Scan scan;
  scan_line(text, scan);
  if (scan.unclosed) return tl::unexpected<std::string>("missing \"");
  return std::string{trim(scan.text)};
}

TracedLine trace_line(std::string_view text) {
  TracingScan scan;
  scan_line(text, scan);
  auto& [traced, origins, unclosed_quote] = scan.line;
  const auto kept = trim(traced);
  const auto first = std::min(traced.find_first_not_of(' '), traced.size());
  origins = {std::next(origins.begin(), static_cast<std::ptrdiff_t>(first)),
             std::next(origins.begin(), static_cast<std::ptrdiff_t>(first + kept.size()))};
  traced = std::string{kept};
  return std::move(scan.line);
}

Result<std::optional<Directive>> read_line(std::string_view text) {
  const auto lexed = lex_line(text);
  if (!lexed) return tl::unexpected(lexed.error());
  if (lexed->empty()) return std::nullopt;

  const auto [keyword, argument] = cut_at(*lexed, '=');
  const auto* const row = find_option(keyword);
  if (row == nullptr) return tl::unexpected<std::string>("bad option");
  if (argument && row->argument == ArgumentKind::none) return tl::unexpected<std::string>("extraneous parameter");
  if (!argument && row->argument == ArgumentKind::required) return tl::unexpected<std::string>("missing parameter");

  return Directive{row->canonical, argument ? std::optional<std::string>{*argument} : std::nullopt};
}

}  // namespace swapmasq::grammar
