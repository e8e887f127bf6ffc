// The vocabulary of the argument grammars: what a field is, how it is stored, and how a grammar is run. Private to the
// .cpp files of this folder, because it brings PEGTL with it.
//
// A grammar here is a PEGTL rule over an argument in protected form (grammar/quoting.hpp). Its fields are stored by
// actions derived from the ones below; an action that refuses its text makes its rule fail. A rule that has a `message`
// ends the parse with it when it fails; every other failure backtracks, and in the end gives the grammar's own message.
//
// What could have stood where a parse ends, for grammar/diagnosis.hpp, is written beside the rules, too: as `expected`
// of the rule, else as a member `expected` of its action; words that a rule knows as its `choices`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>
#include <type_traits>
#include <utility>

#include "base/address.hpp"
#include "base/result.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/diagnosis.hpp"
#include "grammar/name.hpp"
#include "grammar/quoting.hpp"
#ifdef SWAPMASQ_RULE_COVERAGE
#include "grammar/arguments/coverage.hpp"
#endif

namespace swapmasq::grammar {

namespace rules {

using tao::pegtl::any;
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
struct rest : star<any> {};
struct end_of_field : at<sor<comma, eof>> {};

// Hex digits and at least one colon, to the end.
struct colon_hex : seq<star<xdigit>, one<':'>, star<sor<xdigit, one<':'>>>, eof> {};

// A field that is exactly this word.
template <char... Characters>
struct word : seq<string<Characters...>, end_of_field> {
  static constexpr std::array keyword{Characters...};
};

struct tag_or_net : sor<string<'t', 'a', 'g', ':'>, string<'n', 'e', 't', ':'>> {};

}  // namespace rules

// The message of a rule, specialised beside it.
template <typename Rule>
inline constexpr const char* message = nullptr;

// What a rule stands for, in the words of a user; specialised beside it. Null: nothing that a user knows.
template <typename Rule>
inline constexpr const char* expected = nullptr;
template <>
inline constexpr const char* expected<rules::comma> = "a comma";
template <>
inline constexpr const char* expected<rules::eof> = "the end of the line";

// The words that a rule knows, where it is no `word`.
template <typename Rule>
inline constexpr Choices choices = nullptr;

struct Messages {
  template <typename Rule>
  static constexpr const char* message = grammar::message<Rule>;
};

// Tells the Diagnosis, if there is one, what did not fit.
template <typename Rule>
struct NotingControl : tao::pegtl::normal<Rule> {
  using Base = tao::pegtl::normal<Rule>;

  template <template <typename...> class Action>
  static constexpr const char* expectation() {
    if constexpr (expected<Rule> != nullptr) return expected<Rule>;
    if constexpr (requires { Action<Rule>::expected; }) return Action<Rule>::expected;
    return nullptr;
  }

  static constexpr std::string_view keyword() {
    if constexpr (requires { Rule::keyword; }) {
      return {Rule::keyword.data(), Rule::keyword.size()};
    } else {
      return {};
    }
  }

  // The offset in the text that is parsed.
  template <typename Input>
  static std::size_t offset(const Input& in, const char* at) {
    return static_cast<std::size_t>(std::distance(in.begin(), at));
  }

  template <tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename... States>
  [[nodiscard]] static bool match(Input& in, States&&... state) {
    constexpr bool counts = A == tao::pegtl::apply_mode::action;  // lookahead does not
    constexpr bool tells = message<Rule> != nullptr || expectation<Action>() != nullptr || !keyword().empty();
    if constexpr (!counts || !tells) {
      return Base::template match<A, M, Action, Control>(in, state...);
    } else {
      auto* const diagnosis = Diagnosis::current();
      if (diagnosis == nullptr) return Base::template match<A, M, Action, Control>(in, state...);
      const auto begin = offset(in, in.current());
      const auto missed = [&] { diagnosis->note({begin, begin}, expectation<Action>(), keyword(), choices<Rule>); };
      try {
        const bool matched = Base::template match<A, M, Action, Control>(in, state...);
        if (!matched) missed();
        return matched;
      } catch (const tao::pegtl::parse_error&) {
        if constexpr (message<Rule> != nullptr) {
          if (!diagnosis->refused()) missed();
        }
        throw;
      }
    }
  }

  // An action that refuses what its rule matched.
  template <template <typename...> class Action, typename Iterator, typename Input, typename... States>
  static auto apply(const Iterator& begin, const Input& in, States&&... state)
      -> decltype(Base::template apply<Action>(begin, in, state...)) {
    const auto span = [&] { return Diagnosis::Span{offset(in, begin), offset(in, in.current())}; };
    try {
      if constexpr (std::is_same_v<decltype(Base::template apply<Action>(begin, in, state...)), bool>) {
        const bool accepted = Base::template apply<Action>(begin, in, state...);
        auto* const diagnosis = accepted ? nullptr : Diagnosis::current();
        if (diagnosis != nullptr) diagnosis->note(span(), expectation<Action>(), {}, choices<Rule>);
        return accepted;
      } else {
        Base::template apply<Action>(begin, in, state...);
      }
    } catch (const tao::pegtl::parse_error&) {
      if (auto* const diagnosis = Diagnosis::current()) diagnosis->refuse(span());
      throw;
    }
  }
};

#ifdef SWAPMASQ_RULE_COVERAGE
template <typename Rule>
using Control = CountingControl<tao::pegtl::must_if<Messages, NotingControl, false>::control<Rule>, Rule>;
template <typename Rule>
using HasMessage = std::bool_constant<message<Rule> != nullptr>;
#else
template <typename Rule>
using Control = tao::pegtl::must_if<Messages, NotingControl, false>::control<Rule>;
#endif

// The state after a complete match, or the message of the rule that refused, or `otherwise`.
template <typename Grammar, template <typename...> class Action, typename State>
Result<State> parse(std::string_view argument, State state, const char* otherwise = "") {
  auto* const diagnosis = Diagnosis::current();
  if (diagnosis != nullptr) diagnosis->begin(argument);
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> input(argument.data(), argument.data() + argument.size(),
                                                                  "");
#ifdef SWAPMASQ_RULE_COVERAGE
  const CountedGrammar<Grammar, HasMessage> counted;
#endif
  try {
    if (tao::pegtl::parse<Grammar, Action, Control>(input, state)) {
      if (diagnosis != nullptr) diagnosis->succeed();
      return state;
    }
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
  static constexpr const char* expected = "a number";
  template <typename Input, typename State>
  static bool apply(const Input& in, State& state) {
    return assign_number(in.string_view(), state.*Member);
  }
};

template <auto Member>
struct store_name {
  static constexpr const char* expected = "a domain name";
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
  static constexpr const char* expected = "a domain name";
  template <typename Input, typename State>
  static bool apply(const Input& in, State& state) {
    auto name = canonical_name(unquote(in.string_view()));
    if (!name) return false;
    (state.*Member).push_back(*std::move(name));
    return true;
  }
};

template <typename Address>
inline constexpr const char* address_kind = "an IP address";
template <>
inline constexpr const char* address_kind<Ipv4> = "an IPv4 address";
template <>
inline constexpr const char* address_kind<Ipv6> = "an IPv6 address";

// An address, where quotes make no difference.
template <typename Address, auto Member>
struct store_plain_address {
  static constexpr const char* expected = address_kind<Address>;
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
  static constexpr const char* expected = address_kind<Address>;
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
