// Any datagram: every accessor of the reader, and the log's way through all options.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "wire/dhcp4_message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace swapmasq;
  const ByteView datagram{data, size};
  const auto message = wire::Dhcp4Message::parse(datagram);
  if (!message) return 0;
  static_cast<void>(message->type());
  static_cast<void>(message->has_end());
  if (message->header.hardware().length > 16) std::abort();
  std::size_t total = 0;
  for (const auto& option : wire::split_dhcp4_options(message->options())) {
    total += option.data.size() + 2;
    const auto found = message->option(option.code, option.data.size());
    if (!found || found->size() < option.data.size()) std::abort();
  }
  if (total > size) std::abort();
  for (unsigned code = 0; code < 256; ++code) static_cast<void>(message->option(static_cast<std::uint8_t>(code), 1));
  return 0;
}
