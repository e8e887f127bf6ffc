// What the client was told, and whether it came for more.
#include <array>
#include <fmt/format.h>

#include "boots/rules.hpp"

namespace swapmasq::boots {

namespace {

using namespace std::chrono_literals;
using Kind = Firmware::Kind;
using Type = wire::Dhcp4Type;

Explanation turned_away(const Facts& facts, TurnedAway why, std::string_view text) {
  const auto* exchange = facts.last_exchange;
  if (!exchange || exchange->turned_away != why) return std::nullopt;
  return std::string{text};
}

Explanation ignored(const Facts& facts) {
  return turned_away(facts, TurnedAway::ignored,
                     "the configuration ignores this client: dhcp-ignore, or ignore in its dhcp-host");
}

Explanation no_range(const Facts& facts) {
  return turned_away(facts, TurnedAway::no_range, "no dhcp-range serves the network that the client is in");
}

Explanation no_address(const Facts& facts) {
  return turned_away(facts, TurnedAway::no_address, "no address is left for the client");
}

Explanation refused(const Facts& facts) {
  const auto* reply = facts.last_exchange == facts.answered ? facts.reply() : nullptr;
  if (!reply || reply->type != Type::nak) return std::nullopt;
  return fmt::format("the client asked for an address that it cannot have: {}", reply->text);
}

Explanation other_server(const Facts& facts) {
  if (!facts.to_other_server || facts.proxy() || facts.stage_files) return std::nullopt;
  return fmt::format("the client took the offer of another DHCP server, {}",
                     facts.to_other_server->other_server->to_string());
}

Explanation no_proxy_answer(const Facts& facts) {
  if (!facts.on_pxe_port || facts.on_pxe_port->reply || facts.stage_files) return std::nullopt;
  return fmt::format("nothing answers its request on port 4011: {}; see dhcp-range=...,proxy and pxe-service",
                     client_text(facts.stage->firmware));
}

Explanation no_proxy_request(const Facts& facts) {
  if (!facts.proxy() || facts.on_pxe_port || facts.stage_files) return std::nullopt;
  constexpr std::uint16_t first_efi = 6;
  const bool has_to_come = facts.stage->firmware.architecture.value_or(0) >= first_efi || facts.reply()->menu;
  if (!has_to_come) return std::nullopt;
  return "the client was told to ask on port 4011 and never did: a firewall closes that port, it got no address from "
         "another DHCP server, or it listened to another PXE server";
}

Explanation unanswered(const Facts& facts) {
  if (!facts.last_exchange || facts.answered || facts.stage_files) return std::nullopt;
  return fmt::format("nothing in the configuration answers this client: {}", client_text(facts.stage->firmware));
}

Explanation offer_not_taken(const Facts& facts) {
  if (!facts.answered || facts.accepted || facts.proxy() || facts.stage_files) return std::nullopt;
  if (facts.reply()->type != Type::offer) return std::nullopt;
  return "the client did not take the offer: it does not get it, or it looks for something that the offer lacks";
}

Explanation no_boot_file(const Facts& facts) {
  const auto* reply = facts.reply();
  if (!reply || facts.stage_files || !reply->file.empty() || reply->menu) return std::nullopt;
  return fmt::format("no dhcp-boot or pxe-service gives this client a boot file: {}{}",
                     client_text(facts.stage->firmware),
                     facts.answered->tags.empty() ? "" : fmt::format("; its tags are {}", facts.answered->tags));
}

bool is_url(std::string_view file) { return file.find("://") != std::string_view::npos; }

Explanation http_boot_without_url(const Facts& facts) {
  const auto* reply = facts.reply();
  if (facts.stage->firmware.kind != Kind::http_boot || !reply || is_url(reply->file)) return std::nullopt;
  return fmt::format("UEFI HTTP boot needs a URL as its boot file, not \"{}\"", reply->file);
}

// That there is a boot file, on this host, which the client did not ask for.
bool waits_for_request(const Facts& facts) {
  const auto* reply = facts.reply();
  return reply && !facts.stage_files && !is_url(reply->file) && facts.next_server_is_own();
}

Explanation no_tftp_server(const Facts& facts) {
  if (!waits_for_request(facts) || facts.surroundings.tftp) return std::nullopt;
  return fmt::format("the client is sent to this host for {}, and enable-tftp is not set", facts.reply()->file);
}

Explanation no_tftp_request(const Facts& facts) {
  if (!waits_for_request(facts)) return std::nullopt;
  return fmt::format(
      "the client never asked for {} by TFTP: a firewall closes UDP port 69, another DHCP or PXE server told it "
      "something else, or it cannot use the name or the server",
      facts.reply()->file.empty() ? "a boot file" : facts.reply()->file);
}

constexpr std::array rules{
    Rule{"ignored", ignored},
    Rule{"no-range", no_range},
    Rule{"no-address", no_address},
    Rule{"refused", refused, 2s},
    Rule{"other-dhcp-server", other_server, 10s},
    Rule{"no-proxy-answer", no_proxy_answer, 2s},
    Rule{"no-proxy-request", no_proxy_request, 15s},
    Rule{"unanswered", unanswered, 2s},
    Rule{"offer-not-taken", offer_not_taken, 10s},
    Rule{"http-boot-without-url", http_boot_without_url, 2s},
    Rule{"no-boot-file", no_boot_file, 2s},
    Rule{"no-tftp-server", no_tftp_server, 2s},
    Rule{"no-tftp-request", no_tftp_request, 10s},
};

}  // namespace

std::span<const Rule> rules_about_answers() { return rules; }

}  // namespace swapmasq::boots
