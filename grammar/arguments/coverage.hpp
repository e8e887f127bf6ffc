// Counts how often each rule of a grammar is tried and matches, for the test that the recorded cases exercise them all
// (coverage_test.cpp). Only that test is built with it, by SWAPMASQ_RULE_COVERAGE.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <tao/pegtl.hpp>
#include <tao/pegtl/visit.hpp>
#include <utility>

namespace swapmasq::grammar {

struct RuleCount {
  std::size_t tried = 0;
  std::size_t matched = 0;
  bool has_message = false;
};

// By grammar and rule, under their C++ names; rules of different files may share one.
using RuleCounts = std::map<std::pair<std::string_view, std::string_view>, RuleCount>;
inline RuleCounts rule_counts;

// The grammar that is being run.
inline std::string_view grammar_under_test;

template <typename Rule>
RuleCount& count_of() {
  return rule_counts[{grammar_under_test, tao::pegtl::demangle<Rule>()}];
}

template <typename Base, typename Rule>
struct CountingControl : Base {
  template <typename Input, typename... States>
  static void start(const Input& in, States&&... states) {
    ++count_of<Rule>().tried;
    Base::start(in, states...);
  }
  template <typename Input, typename... States>
  static void success(const Input& in, States&&... states) {
    ++count_of<Rule>().matched;
    Base::success(in, states...);
  }
};

// While it lives, counts go to this grammar; enters all its rules.
template <typename Grammar, template <typename> class Message>
class CountedGrammar {
 public:
  CountedGrammar() : outer_(std::exchange(grammar_under_test, tao::pegtl::demangle<Grammar>())) {
    tao::pegtl::visit<Grammar, Entry>();
  }
  ~CountedGrammar() { grammar_under_test = outer_; }
  CountedGrammar(const CountedGrammar&) = delete;
  CountedGrammar& operator=(const CountedGrammar&) = delete;

 private:
  template <typename Rule>
  struct Entry {
    static void visit() { count_of<Rule>().has_message = Message<Rule>::value; }
  };
  std::string_view outer_;
};

}  // namespace swapmasq::grammar
