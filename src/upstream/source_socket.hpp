// Sockets that queries leave from: bound to the address, interface and port that the source asks for
// (spec dns-forwarding.md section 6.1).
#pragma once

#include <boost/asio/ip/udp.hpp>
#include <cstdint>
#include <functional>

#include "base/address.hpp"
#include "dns/upstream_send.hpp"

namespace swapmasq::upstream {

// TCP's sockaddr is the same.
boost::asio::ip::udp::endpoint to_asio(const Endpoint& endpoint);

// Not blocking, and not connected yet. Below 0: errno says why not. `random` chooses the port of a range.
int open_source_socket(int family, int type, int protocol, const dns::UpstreamSource& source,
                       const std::function<std::uint32_t()>& random);

}  // namespace swapmasq::upstream
