// hosts(5) text to entries (spec dns-local-data.md section 3.2). Pure: the file was read by someone else, errors are
// reported by line number, and nothing is kept but what the caller keeps.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"

namespace swapmasq::dns {

// Case folding and IDNA of a configured name without its trailing dot: the stored form, or nothing for a bad name.
using CanonicaliseName = std::function<std::optional<std::string>(std::string_view)>;

// Receives what a hosts file says, in the order of the text.
class HostsSink {
 public:
  virtual ~HostsSink() = default;
  // `name` is canonical and without trailing dot; `dotted` tells whether the token had any dot (expand-hosts).
  virtual void host(const IpAddress& address, std::string_view name, bool dotted) = 0;
  virtual void bad_address(std::size_t line) = 0;
  virtual void bad_name(std::size_t line) = 0;
};

void parse_hosts(std::string_view text, const CanonicaliseName& canonicalise, HostsSink& sink);

}  // namespace swapmasq::dns
