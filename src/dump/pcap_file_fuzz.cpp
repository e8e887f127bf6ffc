// Any file in the place of a capture file: what is said of it stays within it, and a record can follow.
#include <cstdlib>
#include <sstream>

#include "dump/pcap.hpp"

using namespace swapmasq;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = to_text(ByteView{data, size});
  std::istringstream file{text};
  const auto content = dump::read_pcap(file);
  if (!content) return 0;
  if (content->size > size) std::abort();
  const Endpoint end{.address = Ipv4{0x7f000001}, .port = 53};
  std::istringstream longer{text.substr(0, content->size) + to_text(dump::pcap_record({}, end, end, {}))};
  const auto more = dump::read_pcap(longer);
  if (!more || more->records != content->records + 1) std::abort();
  return 0;
}
