#include "grammar/arguments/tags.hpp"

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct tested_tag : field {};
struct test : seq<opt<tag_or_net>, tested_tag> {};
struct tag_list : seq<test, star<comma, test>, eof> {};

struct nonempty_field : seq<not_at<end_of_field>, field> {};
struct condition_tag : nonempty_field {};
struct condition : seq<string<'t', 'a', 'g', ':'>, condition_tag> {};
struct set_tag : nonempty_field {};
struct assignment : seq<string<'s', 'e', 't', ':'>, set_tag> {};
struct tag_if_item : sor<condition, assignment> {};
struct tag_if : seq<tag_if_item, star<comma, tag_if_item>, eof> {};

struct filter_tag : field {};
struct filter : seq<tag_or_net, filter_tag> {};
struct seconds : rest {};
struct reply_delay : seq<star<filter, comma>, seconds> {};

}  // namespace
}  // namespace rules

template <>
inline constexpr const char* expected<rules::condition> = "tag:<tag>";
template <>
inline constexpr const char* expected<rules::assignment> = "set:<tag>";

namespace {

using settings::DhcpReplyDelay;
using settings::TagIf;
using settings::TagTests;

template <typename Rule>
struct action {};
template <>
struct action<rules::tested_tag> {
  template <typename Input>
  static void apply(const Input& in, TagTests& tests) {
    tests.push_back(tag_test(in.string_view()));
  }
};
template <>
struct action<rules::condition_tag> : append_tag_test<&TagIf::tests> {};
template <>
struct action<rules::set_tag> : append_text<&TagIf::set_tags> {};
template <>
struct action<rules::filter_tag> : append_tag_test<&DhcpReplyDelay::filters> {};
template <>
struct action<rules::seconds> : store_number<&DhcpReplyDelay::seconds> {};

}  // namespace

Result<TagTests> parse_tag_list(std::string_view argument) {
  if (argument.empty()) return TagTests{};
  return parse<rules::tag_list, action>(argument, TagTests{});
}

Result<TagIf> parse_tag_if(std::string_view argument) {
  auto tag_if = parse<rules::tag_if, action>(argument, TagIf{}, "bad tag-if");
  if (tag_if && tag_if->set_tags.empty()) return refused("bad tag-if");
  return tag_if;
}

Result<DhcpReplyDelay> parse_dhcp_reply_delay(std::string_view argument) {
  return parse<rules::reply_delay, action>(argument, DhcpReplyDelay{});
}

std::size_t problems_in_tags() {
  return problems_of<rules::tag_list>() + problems_of<rules::tag_if>() + problems_of<rules::reply_delay>();
}

}  // namespace swapmasq::grammar
