#include "dns/config_records.hpp"

#include <algorithm>
#include <utility>

#include "wire/dns_types.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;
constexpr std::size_t max_string = 255;  // RFC 1035 section 3.3

void put_name(wire::Writer& out, std::string_view name) {
  wire::DnsName::from_text(name).value_or(wire::DnsName{}).write(out);
}

void put_string(wire::Writer& out, std::string_view text) {
  const auto kept = text.substr(0, max_string);
  out.u8(static_cast<std::uint8_t>(kept.size()));
  out.text(kept);
}

Bytes rdata_of(const settings::MxHost& mx) {
  wire::Writer out;
  out.u16(mx.preference);
  put_name(out, mx.target.value_or(""));
  return out.take();
}

Bytes rdata_of(const settings::SrvHost& srv) {
  wire::Writer out;
  out.u16(srv.priority);
  out.u16(srv.weight);
  out.u16(srv.port);
  put_name(out, srv.target);
  return out.take();
}

Bytes rdata_of(const settings::TxtRecord& txt) {
  wire::Writer out;
  for (const auto& text : txt.strings) put_string(out, text);
  if (txt.strings.empty()) put_string(out, {});
  return out.take();
}

Bytes rdata_of(const settings::PtrRecord& ptr) {
  wire::Writer out;
  put_name(out, ptr.target);
  return out.take();
}

Bytes rdata_of(const settings::NaptrRecord& naptr) {
  wire::Writer out;
  out.u16(naptr.order);
  out.u16(naptr.preference);
  put_string(out, naptr.flags);
  put_string(out, naptr.service);
  put_string(out, naptr.regexp);
  put_name(out, naptr.replacement);
  return out.take();
}

}  // namespace

ConfigRecords::ConfigRecords(const settings::Dns& dns) {
  for (const auto& cname : dns.cnames) {
    for (const auto& alias : cname.aliases) add_alias(alias, cname);
  }
  for (const auto& txt : dns.txt_records) add(txt.name, type::txt, rdata_of(txt));
  for (const auto& record : dns.dns_records) add(record.name, record.type, record.data, true);
  for (const auto& ptr : dns.ptr_records) add(ptr.name, type::ptr, rdata_of(ptr));
  for (const auto& mx : dns.mx_hosts) add(mx.name, type::mx, rdata_of(mx));
  for (const auto& srv : dns.srv_hosts) add(srv.name, type::srv, rdata_of(srv));
  for (const auto& naptr : dns.naptr_records) add(naptr.name, type::naptr, rdata_of(naptr));
  for (const auto& line : dns.interface_names)
    if (const auto name = wire::DnsName::from_text(line.name)) make_known(name->lower().wire());
  for (auto& [name, records] : records_) std::reverse(records.begin(), records.end());
}

void ConfigRecords::add_alias(std::string_view alias, const settings::Cname& cname) {
  const auto name = wire::DnsName::from_text(alias);
  const auto target = wire::DnsName::from_text(cname.target);
  if (!name || !target) return;
  aliases_.try_emplace(std::string{name->lower().wire()}, Alias{*target, cname.ttl});
  make_known(name->lower().wire());
}

void ConfigRecords::add(std::string_view name, std::uint16_t record_type, Bytes rdata, bool verbatim) {
  const auto parsed = wire::DnsName::from_text(name);
  if (!parsed) return;
  const auto lower = parsed->lower();
  records_[std::string{lower.wire()}].push_back({record_type, std::move(rdata), verbatim});
  if (!verbatim) make_known(lower.wire());
}

void ConfigRecords::make_known(wire::WireName name) {
  for (; name.size() > 1 && known_.emplace(name).second; name = wire::parent(name)) {
  }
}

std::set<std::string, std::less<>> ConfigRecords::ancestors() const {
  std::set<std::string, std::less<>> found;
  for (const auto& name : known_)
    if (const auto up = wire::parent(name); up.size() > 1) found.emplace(up);
  return found;
}

const ConfigRecords::Alias* ConfigRecords::alias(wire::WireName name) const {
  const auto found = aliases_.find(name);
  return found == aliases_.end() ? nullptr : &found->second;
}

const std::vector<ConfigRecords::Record>* ConfigRecords::records(wire::WireName name) const {
  const auto found = records_.find(name);
  return found == records_.end() ? nullptr : &found->second;
}

}  // namespace swapmasq::dns
