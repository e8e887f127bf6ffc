// Hands what the DHCP and TFTP engines tell to the boot trace, and asks it for reports.
#pragma once

#include <string>
#include <string_view>

#include "app/adapters.hpp"
#include "base/result.hpp"
#include "boots/trace.hpp"
#include "dhcp/audience.hpp"
#include "io/interface_monitor.hpp"
#include "settings/settings.hpp"
#include "tftp/audience.hpp"

namespace swapmasq::app {

class BootStories : public dhcp::Audience, public tftp::Audience, private boots::AddressBook {
 public:
  // Everything is borrowed.
  BootStories(const settings::Settings& settings, io::InterfaceMonitor& interfaces, const ClientHardware& hardware)
      : settings_(settings), interfaces_(interfaces), hardware_(hardware), trace_(*this) {}
  BootStories(const BootStories&) = delete;
  BootStories& operator=(const BootStories&) = delete;

  // The answer to a command of the control socket.
  Result<std::string> answer(std::string_view command) const;

  void heard(const dhcp::Transaction& t) override;
  void tagged(const dhcp::Transaction& t, const dhcp::TagSet& tags) override;
  void answered(const dhcp::Transaction& t, ByteView reply) override;
  void turned_away(const dhcp::Transaction& t, dhcp::TurnedAway why) override;

  void file_sent(const tftp::SentFile&) override {}
  void transfer_began(const tftp::TransferBegin& begin) override;
  void transfer_ended(const tftp::TransferEnd& end) override;
  void request_refused(const tftp::TransferRefusal& refusal) override;

 private:
  std::optional<HardwareAddress> hardware_of(const IpAddress& address, unsigned interface_index) const override;

  const settings::Settings& settings_;
  io::InterfaceMonitor& interfaces_;
  const ClientHardware& hardware_;
  boots::BootTrace trace_;
};

}  // namespace swapmasq::app
