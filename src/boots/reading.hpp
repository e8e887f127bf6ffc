// What DHCP messages tell about a boot (RFC 2132, RFC 3004, RFC 4578, spec pxe.md).
#pragma once

#include <string>

#include "boots/story.hpp"
#include "wire/dhcp4_message.hpp"

namespace swapmasq::boots {

Firmware::Kind kind_of(const wire::Dhcp4Message& request);
Firmware firmware_of(const wire::Dhcp4Message& request);

// Option 97 as "00112233-4455-...", the octets in the order in which they are sent; other types than 0 and other
// lengths as hex digits; empty: there is none.
std::string machine_id_of(const wire::Dhcp4Message& request);

Reply reply_of(const wire::Dhcp4Message& reply);

// Printable, and cut so that clients cannot fill the memory.
std::string bounded_text(ByteView octets);
std::string bounded_text(std::string_view text);

}  // namespace swapmasq::boots
