// Any datagram as a request: the parser, the options and the path rules. A path below a root must stay there.
#include <array>
#include <cstdlib>

#include "tftp/negotiation.hpp"
#include "tftp/path.hpp"
#include "wire/tftp_packet.hpp"

namespace {

using namespace swapmasq;

void require(bool condition) {
  if (!condition) std::abort();
}

void check(ByteView datagram) {
  static_cast<void>(wire::tftp_opcode(datagram));
  static_cast<void>(wire::read_tftp_ack(datagram));
  static_cast<void>(wire::read_tftp_error(datagram));
  const auto request = wire::read_tftp_request(datagram);
  if (!request) return;
  require(!request->filename.empty());
  const auto agreement = tftp::agree(*request, {}, {.interface_mtu = 1500});
  require(agreement.block_size >= 1 && agreement.block_size <= 1468);
  require(agreement.window >= 1 && agreement.window <= 32);
  require(agreement.timeout <= 255);
  for (const bool lowercase : {false, true}) {
    const auto path =
        tftp::requested_path(tftp::root_prefix("/srv/tftp"), tftp::normalised(request->filename, lowercase));
    require(path.starts_with("/srv/tftp/"));
    require(path.size() <= tftp::longest_path);
    require(path.find('\0') == std::string::npos);
    require(tftp::climbs(path) == (("/" + path + "/").find("/../") != std::string::npos));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check({data, size});
  return 0;
}
