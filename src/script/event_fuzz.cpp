// Any octets as an event on the pipe to the script process. What is understood is written in a form that means the
// same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "script/event.hpp"
#include "script/report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace swapmasq;
  const ByteView octets{data, size};
  if (const auto event = script::decode(octets)) {
    const auto again = script::encode(*event);
    if (script::decode(ByteView{again}.subspan(script::length_octets)) != event) std::abort();
    static_cast<void>(event->arguments());
    for (const auto& value : event->values) static_cast<void>(script::variable(value));
  }
  Bytes stream{octets.begin(), octets.end()};
  while (const auto report = script::take_report(stream)) {
    auto again = script::encode(*report);
    if (script::take_report(again) != report || !again.empty()) std::abort();
  }
  return 0;
}
