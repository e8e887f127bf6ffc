// From the file name in a request to the path that is opened (spec tftp.md section 5). Pure text: nothing here looks
// at the disk. Names are octets, not characters of any encoding.
#pragma once

#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "settings/tftp.hpp"

namespace swapmasq::tftp {

// Longer paths are cut without notice.
inline constexpr std::size_t longest_path = 503;

// The name with '/' for every '\', and in lower case if wanted.
std::string normalised(ByteView filename, bool lowercase);

// The root for requests that came in on this interface; empty: none.
std::string_view root_for(const settings::Tftp& settings, std::string_view interface_name);

// The root with '/' at both ends.
std::string root_prefix(std::string_view root);

// "xx-xx-xx-xx-xx-xx", a client's directory for tftp-unique-root=mac; empty unless the address has six octets.
std::string mac_directory(const HardwareAddress& address);

// `prefix` is empty without a root. A name that already begins with the whole prefix is taken as it stands.
std::string requested_path(std::string_view prefix, std::string_view filename);

// Whether any component is "..": such a path could leave the root. (dnsmasq 2.93 looks at the first "/.." only and lets
// "..data/../.." pass.)
bool climbs(std::string_view path);

}  // namespace swapmasq::tftp
