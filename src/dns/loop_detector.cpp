#include "dns/loop_detector.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "dns/pending_queries.hpp"
#include "dns/upstream_source.hpp"
#include "wire/dns_types.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dns {

namespace {

// Sends of this number belong to no query.
constexpr std::uint64_t no_query = 0;
constexpr std::chrono::seconds patience{10};

Bytes probe_message(std::uint16_t id, const wire::DnsName& name) {
  wire::Writer out;
  wire::DnsHeader header;
  header.id = id;
  header.rd = true;
  header.questions = 1;
  header.write(out);
  name.write(out);
  out.u16(wire::dns_type::txt);
  out.u16(wire::dns_class::in);
  return out.take();
}

}  // namespace

void LoopDetector::probe(const std::vector<std::shared_ptr<Server>>& servers, const settings::Dns& settings) {
  probes_.clear();
  unsent_.clear();
  for (const auto& server : servers) {
    if (server->pattern.kind != settings::DomainPattern::Kind::any || server->looping) continue;
    const auto name = wire::DnsName::from_text(fmt::format("{:08x}.test", random_()));
    if (!name) continue;
    probes_.insert_or_assign(std::string{name->wire()}, server);
    unsent_.push_back({send_id(no_query, ++last_place_), probe_message(static_cast<std::uint16_t>(random_()), *name),
                       server->endpoint, complete_source(server->source, settings), false});
  }
}

std::shared_ptr<Server> LoopDetector::culprit(const ParsedQuery& query) const {
  if (probes_.empty() || query.question.type != wire::dns_type::txt || !query.is_in()) return nullptr;
  const auto found = probes_.find(std::string{query.name.wire()});
  return found == probes_.end() ? nullptr : found->second.lock();
}

void LoopDetector::tick(TimePoint now, Actions& out) {
  if (!unsent_.empty()) {
    forget(out);
    for (const auto& send : unsent_)
      if (!carrier_.send(send)) sent_.push_back(send.id);
    unsent_.clear();
    end_ = now + patience;
  }
  if (end_ && *end_ <= now) forget(out);
}

void LoopDetector::forget(Actions& out) {
  std::ranges::copy(sent_, std::back_inserter(out.cancels));
  sent_.clear();
  end_.reset();
}

// At once is a time long gone, but one that can be reckoned with.
std::optional<TimePoint> LoopDetector::next_event() const { return unsent_.empty() ? end_ : TimePoint{}; }

}  // namespace swapmasq::dns
