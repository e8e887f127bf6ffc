#include "grammar/arguments/dhcp_boot.hpp"

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct tag : field {};
struct filter : seq<tag_or_net, tag> {};
struct file : field {};
struct server_name : field {};
struct server_address : rest {};
struct server_host : rest {};
struct server : sor<server_address, server_host> {};
struct dhcp_boot
    : seq<star<filter, comma>, not_at<tag_or_net>, file, opt<comma, server_name, opt<comma, server>>, eof> {};

}  // namespace
}  // namespace rules

namespace {

using settings::DhcpBoot;

template <typename Rule>
struct action {};
template <>
struct action<rules::tag> : append_tag_test<&DhcpBoot::filters> {};
template <>
struct action<rules::file> : store_text<&DhcpBoot::file> {};
template <>
struct action<rules::server_name> : store_text<&DhcpBoot::server_name> {};
template <>
struct action<rules::server_address> : store_plain_address<Ipv4, &DhcpBoot::server> {};
template <>
struct action<rules::server_host> : store_text<&DhcpBoot::server_host> {};

}  // namespace

Result<DhcpBoot> parse_dhcp_boot(std::string_view argument) {
  return parse<rules::dhcp_boot, action>(argument, DhcpBoot{});
}

std::size_t problems_in_dhcp_boot() { return problems_of<rules::dhcp_boot>(); }

}  // namespace swapmasq::grammar
