#include "dhcp/sub_options.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "dhcp/put_option.hpp"
#include "wire/dhcp4_message.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

constexpr std::size_t longest_option = 255;
constexpr std::size_t longest_enterprise_data = 250;

void write(wire::Writer& out, const SubOption& option) {
  out.u8(option.code);
  out.u8(static_cast<std::uint8_t>(option.data.size()));
  out.bytes(option.data);
}

}  // namespace

void append(SubOptions& options, SubOptions more) { std::ranges::move(more, std::back_inserter(options)); }

void put_sub_options(wire::Dhcp4Reply& reply, std::uint32_t code, const SubOptions& members, log::Log& log) {
  wire::Writer chunk{longest_option};
  for (const auto& member : members) {
    if (chunk.room() < member.data.size() + 2) {
      put_option(reply, code, chunk.view(), log);
      chunk.roll_back(0);
    }
    write(chunk, member);
  }
  chunk.u8(dhcp4::end);  // left out when a single member fills the option
  put_option(reply, code, chunk.view(), log);
}

void put_enterprise_options(wire::Dhcp4Reply& reply, std::uint32_t enterprise, const SubOptions& members,
                            log::Log& log) {
  wire::Writer data;
  for (const auto& member : members) write(data, member);
  if (data.size() > longest_enterprise_data) {
    log.write(log::dhcp_too_many_vendor_options(enterprise));
    return;
  }
  wire::Writer out;
  out.u32(enterprise);
  out.u8(static_cast<std::uint8_t>(data.size()));
  out.bytes(data.view());
  put_option(reply, dhcp4::vendor_identifying, out.view(), log);
}

}  // namespace swapmasq::dhcp
