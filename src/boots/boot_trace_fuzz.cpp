// A whole trace under events that nobody would send: its memory stays bounded and its reports can be told.
//
// The input is a list of records: what happens, who does it, seconds since the last one, a length, and so many octets
// of a DHCP message or a path.
#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "boots/report.hpp"
#include "boots/trace.hpp"
#include "wire/reader.hpp"

namespace {

namespace boots = swapmasq::boots;
using Result = boots::FileRequest::Result;

constexpr boots::Limits limits{.clients = 3, .steps = 24, .boots = 2, .stages = 3, .boot_steps = 10};

class NobodyKnown : public boots::AddressBook {
 public:
  std::optional<swapmasq::HardwareAddress> hardware_of(const swapmasq::IpAddress&, unsigned) const override {
    return std::nullopt;
  }
};

struct Record {
  std::uint8_t what = 0;
  std::uint8_t who = 0;
  swapmasq::ByteView data;
};

void feed(boots::BootTrace& trace, const Record& record, swapmasq::TimePoint now) {
  const auto hardware = swapmasq::HardwareAddress::from(1, swapmasq::Bytes{2, 0, 0, 0, 0, record.who});
  const swapmasq::IpAddress address = swapmasq::Ipv4{0x0a4d0000U + record.who};
  const auto text = swapmasq::to_text(record.data);
  const auto message = swapmasq::wire::Dhcp4Message::parse(record.data);
  switch (record.what % 6) {
    case 0:
      if (message) trace.heard({*message, hardware, "eth0", (record.what & 0x80) != 0}, now);
      break;
    case 1:
      if (message) trace.answered(hardware, *message, now);
      break;
    case 2:
      if (message) trace.turned_away(hardware, message->header.xid, boots::TurnedAway::no_address);
      break;
    case 3:
      trace.began({.id = record.who, .client = address, .path = text, .size = record.data.size()}, now);
      break;
    case 4:
      trace.ended({record.who, static_cast<Result>(record.data.size() % 10), record.what, 0, 0, text}, now);
      break;
    default:
      trace.refused({address, 0, text, Result::not_found, "no"}, now);
      break;
  }
}

void check(const boots::BootTrace& trace) {
  std::size_t steps = 0;
  for (const auto& client : trace.clients()) {
    if (client.boots.empty() || client.boots.size() > limits.boots) std::abort();
    for (const auto& boot : client.boots) {
      std::size_t counted = 0;
      for (const auto& stage : boot.stages) counted += stage.steps.size();
      if (counted != boot.steps || counted > limits.boot_steps || boot.stages.size() > limits.stages) std::abort();
      steps += counted;
    }
  }
  if (trace.clients().size() > limits.clients) std::abort();
  if (steps > limits.steps && trace.clients().size() > 1) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const NobodyKnown book;
  boots::BootTrace trace{book, limits};
  auto now = swapmasq::at_seconds(1'700'000'000);
  swapmasq::wire::Reader in{{data, size}};
  while (!in.at_end()) {
    const auto what = in.u8();
    const auto who = in.u8();
    const auto pause = in.u8();
    const auto length = in.u16();
    if (!length) break;
    now += std::chrono::seconds{*pause};
    feed(trace, {*what, *who, in.bytes(std::min<std::size_t>(*length, in.left())).value()}, now);
    check(trace);
  }
  const boots::Surroundings surroundings{.own_addresses = {swapmasq::Ipv4{0x0a4d0001}}, .tftp = true};
  if (boots::timeline(trace.clients(), surroundings, now, std::chrono::seconds{0}).empty()) std::abort();
  if (boots::json(trace.clients(), surroundings, now).empty()) std::abort();
  return 0;
}
