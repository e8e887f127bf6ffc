#include "app/boot_stories.hpp"

#include <ctime>

#include "app/boots_command.hpp"
#include "boots/report.hpp"
#include "io/loop.hpp"

namespace swapmasq::app {

namespace {

using FileResult = boots::FileRequest::Result;

std::chrono::seconds local_time_offset(TimePoint now) {
  const auto seconds = static_cast<std::time_t>(seconds_of(now));
  std::tm local{};
  return std::chrono::seconds{localtime_r(&seconds, &local) ? local.tm_gmtoff : 0};
}

boots::TurnedAway reason_of(dhcp::TurnedAway why) {
  switch (why) {
    case dhcp::TurnedAway::ignored:
      return boots::TurnedAway::ignored;
    case dhcp::TurnedAway::no_range:
      return boots::TurnedAway::no_range;
    case dhcp::TurnedAway::no_address:
      break;
  }
  return boots::TurnedAway::no_address;
}

FileResult result_of(tftp::TransferEnd::Result result) {
  using End = tftp::TransferEnd::Result;
  switch (result) {
    case End::sent:
      return FileResult::sent;
    case End::client_error:
      return FileResult::client_error;
    case End::timed_out:
      return FileResult::timed_out;
    case End::unreadable:
      return FileResult::unreadable;
    case End::begun_anew:
      break;
  }
  return FileResult::begun_anew;
}

FileResult result_of(wire::TftpErrorCode code) {
  switch (code) {
    case wire::TftpErrorCode::file_not_found:
      return FileResult::not_found;
    case wire::TftpErrorCode::access_violation:
      return FileResult::denied;
    case wire::TftpErrorCode::not_defined:
      return FileResult::unreadable;
    default:
      return FileResult::refused;
  }
}

}  // namespace

Result<std::string> BootStories::answer(std::string_view command) const {
  const auto now = io::Loop::now();
  boots::Surroundings surroundings{.tftp = settings_.tftp.enabled};
  for (const auto& interface : *interfaces_.current()) {
    for (const auto& address : interface.addresses) {
      if (address.address.is_v4()) surroundings.own_addresses.push_back(address.address.v4());
    }
  }
  if (command == boots_timeline_command) {
    return boots::timeline(trace_.clients(), surroundings, now, local_time_offset(now));
  }
  if (command == boots_json_command) return boots::json(trace_.clients(), surroundings, now);
  return tl::unexpected(std::string{"unknown command"});
}

void BootStories::heard(const dhcp::Transaction& t) {
  const auto other = t.server_identifier && !t.names_this_server() ? t.server_identifier : std::nullopt;
  trace_.heard({t.message, t.hardware, t.interface, t.pxe_port, other}, io::Loop::now());
}

void BootStories::tagged(const dhcp::Transaction& t, const dhcp::TagSet& tags) {
  if (trace_.knows(t.hardware)) trace_.tagged(t.hardware, t.message.header.xid, tags.listed());
}

void BootStories::answered(const dhcp::Transaction& t, ByteView reply) {
  if (!trace_.knows(t.hardware)) return;
  if (const auto message = wire::Dhcp4Message::parse(reply)) trace_.answered(t.hardware, *message, io::Loop::now());
}

void BootStories::turned_away(const dhcp::Transaction& t, dhcp::TurnedAway why) {
  if (why == dhcp::TurnedAway::no_range) heard(t);  // nothing was said about it before
  trace_.turned_away(t.hardware, t.message.header.xid, reason_of(why));
}

void BootStories::transfer_began(const tftp::TransferBegin& begin) {
  trace_.began({.id = static_cast<std::uint64_t>(begin.id),
                .client = begin.client,
                .interface_index = begin.interface_index,
                .path = begin.path,
                .size = begin.size,
                .block_size = begin.block_size,
                .window = begin.window,
                .size_asked = begin.size_asked},
               io::Loop::now());
}

void BootStories::transfer_ended(const tftp::TransferEnd& end) {
  trace_.ended({.id = static_cast<std::uint64_t>(end.id),
                .result = result_of(end.result),
                .blocks = end.blocks,
                .retransmissions = end.retransmissions,
                .error = end.error,
                .text = end.text},
               io::Loop::now());
}

void BootStories::request_refused(const tftp::TransferRefusal& refusal) {
  trace_.refused({.client = refusal.client,
                  .interface_index = refusal.interface_index,
                  .path = refusal.path,
                  .result = result_of(refusal.code),
                  .text = refusal.text},
                 io::Loop::now());
}

std::optional<HardwareAddress> BootStories::hardware_of(const IpAddress& address, unsigned interface_index) const {
  if (address.is_v4()) {
    if (const auto leased = hardware_.leased(address.v4())) return leased;
  }
  return hardware_.neighbour(address, interface_index);
}

}  // namespace swapmasq::app
