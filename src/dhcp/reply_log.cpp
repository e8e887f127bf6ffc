#include "dhcp/reply_log.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>

#include "log/dhcp_lines.hpp"
#include "wire/dhcp4_message.hpp"
#include "wire/dhcp_option_table.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using Format = wire::DhcpOptionInfo::Format;

constexpr std::size_t longest_list = 40;  // characters after which a list goes on in the next line
constexpr std::size_t most_hex_octets = 14;
constexpr std::uint8_t overload_file = 1, overload_sname = 2;

std::uint32_t number(ByteView data) {
  std::uint32_t value = 0;
  for (const auto octet : data) value = (value << 8) | octet;
  return value;
}

std::string value_text(const wire::DhcpOptionInfo* info, ByteView data) {
  switch (info ? info->format : Format::hex) {
    case Format::addresses: {
      std::string list;
      wire::Reader in{data};
      while (const auto address = in.ipv4()) list += (list.empty() ? "" : ", ") + address->to_string();
      return list;
    }
    case Format::text:
      return printable(data);
    case Format::decimal:
      return std::to_string(number(data));
    case Format::time:
      return log::dhcp_duration(number(data));
    default:
      return to_hex(data.first(std::min(data.size(), most_hex_octets))) + (data.size() > most_hex_octets ? "..." : "");
  }
}

void log_options(log::Log& log, std::uint32_t xid, ByteView area) {
  for (const auto& option : wire::split_dhcp4_options(area)) {
    const auto* info = wire::dhcp4_option(option.code);
    log.write(log::dhcp_sent_option(xid, option.data.size(), option.code, info ? info->name : "",
                                    value_text(info, option.data)));
  }
}

std::string field_text(ByteView field) {
  wire::Reader in{field};
  return printable(in.until_nul().value_or(field));
}

}  // namespace

void log_requested_options(log::Log& log, const Transaction& client) {
  if (!client.parameter_list) return;
  const auto& codes = *client.parameter_list;
  const auto count = static_cast<std::size_t>(std::ranges::find(codes, dhcp4::end) - codes.begin());
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    const auto* info = wire::dhcp4_option(codes[i]);
    list += info ? fmt::format("{}:{}", codes[i], info->name) : std::to_string(codes[i]);
    const bool last = i + 1 == count;
    if (!last) list += ", ";
    if (last || list.size() > longest_list) {
      log.write(log::dhcp_requested_options(client.message.header.xid, list));
      list.clear();
    }
  }
}

void log_reply(log::Log& log, ByteView reply) {
  const auto message = wire::Dhcp4Message::parse(reply);
  if (!message) return;
  const auto& header = message->header;
  const auto overload = wire::find_dhcp4_option(message->options(), dhcp4::overload, 1);
  const unsigned areas = overload ? overload->front() : 0U;
  if ((areas & overload_file) != 0) {
    log_options(log, header.xid, message->file());
  } else if (const auto file = field_text(message->file()); !file.empty()) {
    log.write(log::dhcp_bootfile_name(header.xid, file));
  }
  if ((areas & overload_sname) != 0) {
    log_options(log, header.xid, message->sname());
  } else if (const auto sname = field_text(message->sname()); !sname.empty()) {
    log.write(log::dhcp_server_name(header.xid, sname));
  }
  if (!header.siaddr.unspecified()) log.write(log::dhcp_next_server(header.xid, header.siaddr));
  if ((header.flags & dhcp4::broadcast_flag) != 0 && header.ciaddr.unspecified()) {
    log.write(log::dhcp_broadcast_response(header.xid));
  }
  log_options(log, header.xid, message->options());
}

}  // namespace swapmasq::dhcp
