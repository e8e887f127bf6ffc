// A pattern of domain names, as server, local, address, ipset and nftset lines have them.
#pragma once

#include <string>

namespace swapmasq::settings {

// Which names a server, local or address line is about (spec dns-forwarding.md section 4). Names are lower case,
// without leading or trailing dots.
struct DomainPattern {
  enum class Kind {
    any,          // no domain, "#": every name
    unqualified,  // "//": names without a dot
    subdomains,   // "dom": dom and everything below
    suffix,       // "*dom": every name that ends in these characters
  };

  Kind kind = Kind::any;
  std::string name;

  bool operator==(const DomainPattern&) const = default;
};

}  // namespace swapmasq::settings
