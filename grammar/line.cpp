#include "grammar/line.hpp"

#include <tao/pegtl.hpp>

#include "grammar/arguments/split.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {

namespace {

namespace pegtl = tao::pegtl;

struct Scan {
  std::string text;
  bool after_space = true;  // a '#' here begins a comment
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

struct unclosed : pegtl::one<'"'> {};
struct line : pegtl::seq<pegtl::star<pegtl::sor<pegtl::seq<quoted, after_quoted>, comment, space,
                                                pegtl::seq<pegtl::not_at<unclosed>, plain>>>,
                         pegtl::eof> {};

template <typename Rule>
struct Action : pegtl::nothing<Rule> {};

template <>
struct Action<space> {
  static void apply0(Scan& scan) {
    scan.text.push_back(' ');
    scan.after_space = true;
  }
};

template <>
struct Action<hash_after_space> {
  static bool apply0(const Scan& scan) { return scan.after_space; }
};

template <>
struct Action<plain> {
  template <typename Input>
  static void apply(const Input& in, Scan& scan) {
    scan.text.push_back(in.peek_char());
    scan.after_space = false;
  }
};

template <>
struct Action<quoted_plain> {
  template <typename Input>
  static void apply(const Input& in, Scan& scan) {
    scan.text.push_back(protect(in.peek_char()));
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
  template <typename Input>
  static void apply(const Input& in, Scan& scan) {
    scan.text.push_back(escaped(in.peek_char()));
  }
};

}  // namespace

Result<std::string> lex_line(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  Scan scan;
  pegtl::memory_input input(text.data(), text.size(), "");
  if (!pegtl::parse<line, Action>(input, scan)) return tl::unexpected<std::string>("missing \"");
  return std::string{trim(scan.text)};
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
