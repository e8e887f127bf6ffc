// Options that define DNS records (spec config-language.md sections 9.3 and 9.4).
#include <array>
#include <utility>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/domain.hpp"
#include "grammar/arguments/host_record.hpp"
#include "grammar/arguments/records.hpp"
#include "wire/dns_types.hpp"
#include "wire/writer.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Dns;

Applied cname(Draft& draft, Argument argument) {
  auto cname = grammar::parse_cname(argument.value_or(""));
  if (!cname) return tl::unexpected(cname.error());
  for (const auto& alias : cname->aliases) {
    if (!draft.cname_aliases.insert(alias).second) return grammar::refused("duplicate CNAME");
  }
  draft.settings.dns.cnames.push_back(*std::move(cname));
  return {};
}

Applied mx_target(Draft& draft, Argument argument) {
  auto target = grammar::parse_mx_target(argument.value_or(""));
  if (!target) return tl::unexpected(target.error());
  draft.settings.dns.mx_target = *std::move(target);
  return {};
}

// RFC 8659 section 4.1. The tag's length has one octet.
Applied caa_record(Draft& draft, Argument argument) {
  const auto caa = grammar::parse_caa_record(argument.value_or(""));
  if (!caa) return tl::unexpected(caa.error());
  wire::Writer data;
  data.u8(caa->flags);
  data.u8(static_cast<std::uint8_t>(caa->tag.size()));
  data.text(caa->tag);
  data.text(caa->value);
  draft.settings.dns.dns_records.push_back({caa->name, wire::dns_type::caa, data.take()});
  return {};
}

constexpr std::array handlers{
    Handler{Option::cname, cname},
    Handler{Option::mx_host, append<&Dns::mx_hosts, grammar::parse_mx_host>},
    Handler{Option::mx_target, mx_target},
    Handler{Option::localmx, flag<&Dns::localmx>},
    Handler{Option::selfmx, flag<&Dns::selfmx>},
    Handler{Option::srv_host, append<&Dns::srv_hosts, grammar::parse_srv_host>},
    Handler{Option::txt_record, append<&Dns::txt_records, grammar::parse_txt_record>},
    Handler{Option::ptr_record, append<&Dns::ptr_records, grammar::parse_ptr_record>},
    Handler{Option::naptr_record, append<&Dns::naptr_records, grammar::parse_naptr_record>},
    Handler{Option::caa_record, caa_record},
    Handler{Option::dns_rr, append<&Dns::dns_records, grammar::parse_dns_rr>},
    Handler{Option::dynamic_host, append<&Dns::interface_names, grammar::parse_dynamic_host>},
    Handler{Option::synth_domain, append<&Dns::synth_domains, grammar::parse_synth_domain>},
    Handler{Option::interface_name, append<&Dns::interface_names, grammar::parse_interface_name>},
};

}  // namespace

std::span<const Handler> dns_record_options() { return handlers; }

}  // namespace swapmasq::config
