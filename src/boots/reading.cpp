#include "boots/reading.hpp"

#include <algorithm>

#include "wire/reader.hpp"

namespace swapmasq::boots {

namespace {

namespace dhcp4 = wire::dhcp4;
using Kind = Firmware::Kind;

constexpr std::size_t longest_text = 200;
constexpr std::uint8_t etherboot_options = 175;
// Sub-options of a PXE client's option 43 (Intel PXE specification 2.1, section 2.4)
constexpr std::uint8_t boot_servers = 8, boot_menu = 9;

std::string option_text(const wire::Dhcp4Message& message, std::uint8_t code) {
  const auto data = message.option(code, 1);
  return data ? bounded_text(*data) : std::string{};
}

// The header's field unless option 52 gives it to other options.
std::string field_or_option(const wire::Dhcp4Message& message, ByteView field, std::uint8_t overloaded,
                            std::uint8_t code) {
  if (auto text = option_text(message, code); !text.empty()) return text;
  const auto overload = message.option(dhcp4::overload, 1);
  if (overload && (overload->front() & overloaded) != 0) return {};
  return bounded_text(wire::Reader{field}.until_nul().value_or(field));
}

Ipv4 address_option(const wire::Dhcp4Message& message, std::uint8_t code) {
  const auto data = message.option(code, 4);
  return data ? wire::Reader{*data}.ipv4().value_or(Ipv4{}) : Ipv4{};
}

}  // namespace

std::string bounded_text(std::string_view text) { return bounded_text(to_bytes(text)); }

std::string bounded_text(ByteView octets) { return printable(octets.first(std::min(octets.size(), longest_text))); }

Kind kind_of(const wire::Dhcp4Message& request) {
  const auto user_class = request.option(dhcp4::user_class, 1);
  const bool pxe_script = user_class && to_text(*user_class).find("PXE") != std::string::npos;
  if (pxe_script || request.option(etherboot_options, 1)) return Kind::ipxe;
  const auto vendor_class = request.option(dhcp4::vendor_class, 1);
  const auto vendor = vendor_class ? to_text(*vendor_class) : std::string{};
  if (vendor.starts_with("HTTPClient")) return Kind::http_boot;
  if (vendor.starts_with("U-Boot")) return Kind::u_boot;
  if (vendor.starts_with("PXEClient") || request.option(dhcp4::client_architecture, 2)) return Kind::pxe;
  return request.type() == wire::Dhcp4Type::bootp ? Kind::bootp : Kind::system;
}

Firmware firmware_of(const wire::Dhcp4Message& request) {
  Firmware firmware{kind_of(request), std::nullopt, option_text(request, dhcp4::vendor_class),
                    option_text(request, dhcp4::user_class)};
  if (const auto data = request.option(dhcp4::client_architecture, 2))
    firmware.architecture = wire::Reader{*data}.u16();
  return firmware;
}

std::string machine_id_of(const wire::Dhcp4Message& request) {
  constexpr std::size_t uuid_size = 16, longest = 32;
  const auto option = request.option(dhcp4::client_machine_id, 1);
  if (!option) return {};
  wire::Reader in{*option};
  const bool uuid = option->size() == 1 + uuid_size && in.u8() == 0;
  if (!uuid) return to_hex(option->first(std::min(option->size(), longest)));
  std::string text;
  for (const std::size_t part : {4U, 2U, 2U, 2U, 6U}) {
    if (!text.empty()) text += '-';
    const auto octets = in.bytes(part).value_or(ByteView{});
    for (const auto octet : octets) text += to_hex(ByteView{&octet, 1});
  }
  return text;
}

Reply reply_of(const wire::Dhcp4Message& reply) {
  constexpr std::uint8_t file_overloaded = 1, sname_overloaded = 2;
  const auto vendor = reply.option(dhcp4::vendor_encapsulated, 2);
  const bool menu =
      vendor && (wire::find_dhcp4_option(*vendor, boot_servers, 1) || wire::find_dhcp4_option(*vendor, boot_menu, 1));
  return {.type = reply.type(),
          .address = reply.header.yiaddr,
          .server = address_option(reply, dhcp4::server_identifier),
          .next_server = reply.header.siaddr,
          .server_name = field_or_option(reply, reply.sname(), sname_overloaded, dhcp4::server_name),
          .file = field_or_option(reply, reply.file(), file_overloaded, dhcp4::bootfile_name),
          .menu = menu,
          .text = option_text(reply, dhcp4::message_text)};
}

}  // namespace swapmasq::boots
