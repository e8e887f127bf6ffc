// BOOTP: requests without a message type (RFC 951; spec dhcpv4.md section 12).
#include "dhcp/server.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

// A BOOTP reply has a vendor area of 64 octets.
constexpr std::size_t reply_size = 300;

}  // namespace

void Engine::Server::bootp(TransactionPtr t, TimePoint now) {
  const auto& header = t->message.header;
  if (header.htype == 0 || header.hlen == 0 || t->pxe_port || t->candidates.front()->proxy()) return;
  if (t->host) t->tags.add_line(t->host->config->set_tags);
  wire::Reader file{t->message.file()};
  t->tags.add(to_text(file.until_nul().value_or(t->message.file())));
  t->tags.add("bootp");
  t->all_tags = t->tags.with(settings_.dhcp_matching.tag_ifs);
  resume_bootp(std::move(t), now);
}

void Engine::Server::resume_bootp(TransactionPtr t, TimePoint now) {
  std::string_view reason;
  const bool configured = t->host && t->host->address;
  if (any_applies(dhcp_.ignore, t->all_tags, Untagged::never)) {
    reason = "ignored";
  } else if (t->host && t->host->config->ignore) {
    reason = "disabled";
  }
  const bool turned_away = !reason.empty();
  if (!turned_away) {
    if (choose_bootp_address(t, now) == Choice::waiting) return;
    reason = bootp_refusal(*t);
  }
  if (configured) t->offered = t->host->address;
  const auto* range = reason.empty() ? narrow(t->candidates, *t->offered, t->tags) : nullptr;
  if (!turned_away) log_tags(*t, tags_with_range(*t, range));
  if (reason.empty()) {
    answer_bootp(*t, range, now);
  } else {
    log_transaction(*t, "BOOTP", configured ? t->offered : std::nullopt, reason, Weight::problem);
  }
}

Engine::Server::Choice Engine::Server::choose_bootp_address(TransactionPtr& t, TimePoint now) {
  if (t->host && t->host->address) {
    t->offered = t->host->address;
    return Choice::found;
  }
  const auto* own = lease_of(*t);
  if (own && available(t->candidates, own->address, t->tags)) {
    t->offered = own->address;
    return Choice::found;
  }
  return allocate(t, now);
}

// Empty, or why the chosen address is not given.
std::string_view Engine::Server::bootp_refusal(const Transaction& t) {
  if (!t.offered) return "no address available";
  const bool configured = t.host && t.host->address;
  const auto* holder = leases_.find(*t.offered);
  if (configured && holder && holder->hardware != t.hardware) return "address in use";
  const auto* own = lease_of(t);
  if (own && own->address != *t.offered) {
    leases_.remove(*own);
    own = nullptr;
  }
  if (!narrow(t.candidates, *t.offered, t.tags)) return "wrong network";
  if (!configured && !any_applies(dhcp_.bootp_dynamic, t.all_tags, Untagged::applies)) return "no address configured";
  return !own && leases_.full() ? "no leases left" : std::string_view{};
}

void Engine::Server::answer_bootp(const Transaction& t, const Range* range, TimePoint now) {
  const auto address = *t.offered;
  const auto* lease = lease_of(t);
  if (!lease) lease = leases_.add(address);
  if (!lease) return;
  LeaseName name;
  if (t.host) name = {t.host->config->name, true};
  const auto time = t.host && t.host->config->lease ? *t.host->config->lease : settings::infinite_lease;
  store_lease(*lease, t, name, time, now);

  wire::Dhcp4Reply reply{reply_size, wire::Dhcp4Reply::Overload::forbidden, {}};
  reply.header = t.message.header;
  reply.header.op = wire::dhcp4::boot_reply;
  reply.header.yiaddr = address;
  add_reply_options(reply, t, {range, name.name, address, std::nullopt, false});
  log_transaction(t, "BOOTP", address, "", Weight::ordinary);
  send(t, reply);
}

}  // namespace swapmasq::dhcp
