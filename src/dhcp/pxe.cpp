#include "dhcp/pxe.hpp"

#include <algorithm>

#include "log/dhcp_lines.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;
using Type = wire::Dhcp4Type;

constexpr std::uint16_t security_layer = 0x8000;  // Boot Integrity Services

struct BootItem {
  std::uint16_t type = 0;
  std::uint16_t layer = 0;
};

std::optional<BootItem> boot_item(const wire::Dhcp4Message& message) {
  const auto vendor = message.option(dhcp4::vendor_encapsulated, 4);
  const auto data = vendor ? wire::find_dhcp4_option(*vendor, pxe::boot_item, 4) : std::nullopt;
  if (!data) return std::nullopt;
  wire::Reader in{*data};
  const auto type = in.u16();
  const auto layer = in.u16();
  return BootItem{*type, *layer};
}

}  // namespace

bool Pxe::handle(TransactionPtr& t) {
  const bool asks = t->type == Type::request || t->type == Type::inform;
  if (const auto item = boot_item(t->message); item && asks && !t->pxe_vendor.empty()) {
    answer_boot_item(*t, item->type, item->layer);
    return true;
  }
  if (t->type == Type::discover || (t->pxe_port && t->type == Type::request)) {
    const auto proxy = std::ranges::find_if(t->candidates, [&](const Range* range) {
      return range->proxy() && t->all_tags.matches(range->config->filters);
    });
    if (t->pxe_client() && proxy != t->candidates.end()) {
      answer_as_proxy(t, **proxy);
      return true;
    }
  }
  return t->pxe_port || t->candidates.empty() || t->candidates.front()->proxy();
}

void Pxe::answer_boot_item(Transaction& t, std::uint16_t type, std::uint16_t layer) {
  if (server_.ignored_by_tags(t)) {
    server_.transactions.turned_away(t, TurnedAway::ignored);
    return;
  }
  if ((layer & security_layer) != 0) {
    server_.log.write(log::pxe_bis_not_supported());
    return;
  }
  const auto* service = server_.pxe_menu.service_of_type(type);
  if (!service || service->basename.empty()) return;
  const auto address = t.message.header.ciaddr;
  const auto range = std::ranges::find_if(
      t.candidates, [&](const Range* r) { return r->on_subnet(address) && t.all_tags.matches(r->config->filters); });
  if (range == t.candidates.end()) return;

  const auto file = PxeMenu::boot_file(*service, layer);
  t.parameter_list.reset();
  auto reply = Replies::start(t, wire::Dhcp4Reply::Overload::allowed);
  reply.header.yiaddr = address;
  reply.header.ciaddr = {};
  reply.header.siaddr = server_.pxe_menu.configured_server(*service).value_or((*range)->local);
  reply.set_file(file);
  server_.replies.add_message_options(reply, Type::ack, (*range)->local, std::nullopt);
  wire::Writer item;
  item.u16(type);
  item.u16(layer);
  server_.pxe_options.add_boot_item(reply, {.client = t, .range = *range, .tags = t.all_tags, .range_tags = t.all_tags},
                                    item.view());
  server_.transactions.message(t, "PXE", address, file, Weight::ordinary);
  server_.transactions.tags(t, t.all_tags);
  server_.replies.send(t, reply);
}

void Pxe::answer_as_proxy(TransactionPtr& t, const Range& range) {
  const auto tags = server_.tags_with_range(*t, &range);
  const auto tell = [&](std::string_view text) {
    server_.transactions.message(*t, "PXE", std::nullopt, text, Weight::ordinary);
    server_.transactions.tags(*t, tags);
  };
  if (server_.ignored_by_tags(*t)) {
    tell("proxy-ignored");
    server_.transactions.turned_away(*t, TurnedAway::ignored);
    return;
  }
  auto reply = proxy_answer(*t, range, tags);
  tell("proxy");
  if (const auto delay = server_.delayed.delay(tags); delay != 0) {
    server_.delayed.hold(std::move(t), std::move(reply), delay);
  } else {
    server_.replies.send(*t, reply);
  }
}

wire::Dhcp4Reply Pxe::proxy_answer(Transaction& t, const Range& range, const TagSet& tags) const {
  t.parameter_list.reset();
  auto reply = Replies::start(t, wire::Dhcp4Reply::Overload::allowed);
  if (t.type == Type::discover || reply.header.ciaddr.unspecified()) {
    reply.header.ciaddr = {};
    reply.header.flags |= dhcp4::broadcast_flag;
  }
  reply.header.yiaddr = {};
  server_.replies.add_message_options(reply, t.type == Type::discover ? Type::offer : Type::ack, range.local,
                                      std::nullopt);
  server_.pxe_options.add_proxy(reply, {.client = t, .range = &range, .tags = t.all_tags, .range_tags = tags});
  return reply;
}

}  // namespace swapmasq::dhcp
