// What a few arguments need to know about the machine; handed in, so that parsers stay functions of their input.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"

namespace swapmasq::grammar {

struct Lookup {
  // The addresses of a host name (server=), or the message that the line is refused with.
  std::function<Result<std::vector<IpAddress>>(const std::string& name)> addresses;
  // The index of an interface; 0: there is none of that name.
  std::function<std::uint32_t(const std::string& name)> interface_index;
};

}  // namespace swapmasq::grammar
