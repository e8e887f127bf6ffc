// The vocabulary of the argument grammars: what a field is, how it is stored, and how a grammar is run. Private to the
// .cpp files of this folder, because it brings PEGTL with it.
//
// A grammar here is a PEGTL rule over an argument in protected form (grammar/quoting.hpp). Its fields are stored by
// actions derived from the ones below; an action that refuses its text makes its rule fail. A rule that has a `message`
// ends the parse with it when it fails; every other failure backtracks, and in the end gives the grammar's own message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>
#include <utility>

#include "base/address.hpp"
#include "base/result.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/name.hpp"
#include "grammar/quoting.hpp"
#ifdef SWAPMASQ_RULE_COVERAGE
#include "grammar/arguments/coverage.hpp"
#endif

namespace swapmasq::grammar {

namespace rules {

using tao::pegtl::at;
using tao::pegtl::digit;
using tao::pegtl::eof;
using tao::pegtl::istring;
using tao::pegtl::not_at;
using tao::pegtl::not_one;
using tao::pegtl::one;
using tao::pegtl::opt;
using tao::pegtl::plus;
using tao::pegtl::ranges;
using tao::pegtl::rep;
using tao::pegtl::seq;
using tao::pegtl::sor;
using tao::pegtl::star;
using tao::pegtl::string;
using tao::pegtl::success;
using tao::pegtl::until;
using tao::pegtl::xdigit;

struct spaces : star<one<' '>> {};

// A separator takes the spaces on both sides with it.
template <char Separator>
struct separator : seq<spaces, one<Separator>, spaces> {};
struct comma : separator<','> {};
struct slash : separator<'/'> {};

// Text up to a separator (with the spaces before it) or the end; may be empty. Each run of spaces is looked at once.
template <char... Separators>
struct text_before : star<sor<not_one<' ', Separators...>, seq<plus<one<' '>>, not_at<one<Separators...>>>>> {};
struct field : text_before<','> {};
struct rest : until<eof> {};
struct end_of_field : at<sor<comma, eof>> {};

// Hex digits and at least one colon, to the end.
struct colon_hex : seq<star<xdigit>, one<':'>, star<sor<xdigit, one<':'>>>, eof> {};

// A field that is exactly this word.
template <char... Characters>
struct word : seq<string<Characters...>, end_of_field> {};

struct tag_or_net : sor<string<'t', 'a', 'g', ':'>, string<'n', 'e', 't', ':'>> {};

}  // namespace rules

// The message of a rule, specialised beside it.
template <typename Rule>
inline constexpr const char* message = nullptr;

struct Messages {
  template <typename Rule>
  static constexpr const char* message = grammar::message<Rule>;
};

#ifdef SWAPMASQ_RULE_COVERAGE
template <typename Rule>
using Control = CountingControl<tao::pegtl::must_if<Messages, tao::pegtl::normal, false>::control<Rule>, Rule>;
template <typename Rule>
using HasMessage = std::bool_constant<message<Rule> != nullptr>;
#else
template <typename Rule>
using Control = tao::pegtl::must_if<Messages, tao::pegtl::normal, false>::control<Rule>;
#endif

// The state after a complete match, or the message of the rule that refused, or `otherwise`.
template <typename Grammar, template <typename...> class Action, typename State>
Result<State> parse(std::string_view argument, State state, const char* otherwise = "") {
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> input(argument.data(), argument.data() + argument.size(),
                                                                  "");
#ifdef SWAPMASQ_RULE_COVERAGE
  const CountedGrammar<Grammar, HasMessage> counted;
#endif
  try {
    if (tao::pegtl::parse<Grammar, Action, Control>(input, state)) return state;
  } catch (const tao::pegtl::parse_error& error) {
    return tl::unexpected(std::string{error.message()});
  }
  return tl::unexpected(std::string{otherwise});
}

// How many problems (rules that could loop without progress) the analysis of a grammar finds.
template <typename Grammar>
std::size_t problems_of() {
  return tao::pegtl::analyze<Grammar>();
}

// Actions. Each stores what its rule matched in a member of the state.

template <auto Member>
struct store_text {
  template <typename Input, typename State>
  static void apply(const Input& in, State& state) {
    state.*Member = unquote(in.string_view());
  }
};

template <auto Member>
struct append_text {
  template <typename Input, typename State>
  static void apply(const Input& in, State& state) {
    (state.*Member).push_back(unquote(in.string_view()));
  }
};

template <auto Member>
struct store_number {
  template <typename Input, typename State>
  static bool apply(const Input& in, State& state) {
    return assign_number(in.string_view(), state.*Member);
  }
};

template <auto Member>
struct store_name {
  template <typename Input, typename State>
  static bool apply(const Input& in, State& state) {
    auto name = canonical_name(unquote(in.string_view()));
    if (!name) return false;
    state.*Member = *std::move(name);
    return true;
  }
};

template <auto Member>
struct append_name {
  template <typename Input, typename State>
  static bool apply(const Input& in, State& state) {
    auto name = canonical_name(unquote(in.string_view()));
    if (!name) return false;
    (state.*Member).push_back(*std::move(name));
    return true;
  }
};

// An address, where quotes make no difference.
template <typename Address, auto Member>
struct store_plain_address {
  template <typename Input, typename State>
  static bool apply(const Input& in, State& state) {
    const auto address = Address::parse(unquote(in.string_view()));
    if (address) state.*Member = *address;
    return address.has_value();
  }
};

// An address, but no quoted one.
template <typename Address, auto Member>
struct store_address {
  template <typename Input, typename State>
  static bool apply(const Input& in, State& state) {
    const auto address = Address::parse(in.string_view());
    if (address) state.*Member = *address;
    return address.has_value();
  }
};

template <auto Member>
struct append_tag_test {
  template <typename Input, typename State>
  static void apply(const Input& in, State& state) {
    (state.*Member).push_back(tag_test(in.string_view()));
  }
};

template <auto Member>
struct set_true {
  template <typename State>
  static void apply0(State& state) {
    state.*Member = true;
  }
};

}  // namespace swapmasq::grammar
