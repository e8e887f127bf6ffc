// The arguments of the record options (spec config-language.md 9.4). That no CNAME is given twice is the caller's to
// check over all lines.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "settings/records.hpp"

namespace swapmasq::grammar {

Result<settings::Cname> parse_cname(std::string_view argument);
Result<settings::MxHost> parse_mx_host(std::string_view argument);
Result<std::string> parse_mx_target(std::string_view argument);
Result<settings::SrvHost> parse_srv_host(std::string_view argument);
Result<settings::TxtRecord> parse_txt_record(std::string_view argument);
Result<settings::PtrRecord> parse_ptr_record(std::string_view argument);
Result<settings::NaptrRecord> parse_naptr_record(std::string_view argument);
Result<settings::CaaRecord> parse_caa_record(std::string_view argument);
Result<settings::DnsRecord> parse_dns_rr(std::string_view argument);

}  // namespace swapmasq::grammar
