#include "wire/dhcp4_message.hpp"

#include <algorithm>

#include "wire/reader.hpp"

namespace swapmasq::wire {
namespace {

enum class Step { option, end, cut };

// The next option of an area; padding is passed over.
Step next_option(Reader& in, Dhcp4Option& option) {
  for (;;) {
    const auto code = in.u8();
    if (!code) return Step::cut;
    if (*code == dhcp4::pad) continue;
    if (*code == dhcp4::end) return Step::end;
    const auto length = in.u8();
    if (!length) return Step::cut;
    const auto data = in.bytes(*length);
    if (!data) return Step::cut;
    option = {*code, *data};
    return Step::option;
  }
}

}  // namespace

HardwareAddress Dhcp4Header::hardware() const {
  return HardwareAddress::from(htype, ByteView{chaddr}.first(std::min<std::size_t>(hlen, chaddr.size())));
}

std::vector<Dhcp4Option> split_dhcp4_options(ByteView area) {
  std::vector<Dhcp4Option> options;
  Reader in{area};
  for (Dhcp4Option option; next_option(in, option) == Step::option;) options.push_back(option);
  return options;
}

std::optional<ByteView> find_dhcp4_option(ByteView area, std::uint8_t code, std::size_t minimum) {
  Reader in{area};
  for (Dhcp4Option option; next_option(in, option) == Step::option;) {
    if (option.code == code && option.data.size() >= minimum) return option.data;
  }
  return std::nullopt;
}

std::optional<Dhcp4Message> Dhcp4Message::parse(ByteView datagram) {
  if (datagram.size() < dhcp4::header_size) return std::nullopt;
  Reader in{datagram};
  Dhcp4Message message;
  auto& h = message.header;
  h.op = *in.u8();
  h.htype = *in.u8();
  h.hlen = *in.u8();
  h.hops = *in.u8();
  h.xid = *in.u32();
  h.secs = *in.u16();
  h.flags = *in.u16();
  h.ciaddr = *in.ipv4();
  h.yiaddr = *in.ipv4();
  h.siaddr = *in.ipv4();
  h.giaddr = *in.ipv4();
  std::ranges::copy(*in.bytes(h.chaddr.size()), h.chaddr.begin());
  message.sname_ = *in.bytes(dhcp4::sname_size);
  message.file_ = *in.bytes(dhcp4::file_size);
  if (const auto cookie = in.bytes(dhcp4::cookie.size())) {
    std::ranges::copy(*cookie, message.cookie_.emplace().begin());
    message.options_ = in.rest();
  }
  return message;
}

std::optional<ByteView> Dhcp4Message::option(std::uint8_t code, std::size_t minimum) const {
  if (const auto found = find_dhcp4_option(options_, code, minimum)) return found;
  const auto overload = find_dhcp4_option(options_, dhcp4::overload, 1);
  if (!overload) return std::nullopt;
  const auto areas = overload->front();
  if ((areas & 1U) != 0) {
    if (const auto found = find_dhcp4_option(file_, code, minimum)) return found;
  }
  if ((areas & 2U) != 0) return find_dhcp4_option(sname_, code, minimum);
  return std::nullopt;
}

bool Dhcp4Message::has_end() const {
  Reader in{options_};
  Dhcp4Option option;
  auto step = Step::option;
  while (step == Step::option) step = next_option(in, option);
  return step == Step::end;
}

Dhcp4Type Dhcp4Message::type() const {
  const auto data = option(dhcp4::message_type, 1);
  return data ? Dhcp4Type{data->front()} : Dhcp4Type::bootp;
}

}  // namespace swapmasq::wire
