#include "dns/record_filter.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "dns/rdata.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;

// What is left of an answer to ANY when ANY is filtered.
constexpr std::array kept_of_any{type::a, type::aaaa, type::mx, type::cname};

constexpr std::uint16_t pointer_mark = 0xc000;  // RFC 1035 section 4.1.4

class Filtering {
 public:
  Filtering(ByteView message, const wire::DnsHeader& header, const wire::DnsQuestion& question,
            const std::vector<std::uint16_t>& types)
      : old_(message.begin(), message.end()), everything_(question.type == type::any && is_filtered(type::any, types)) {
    moved_.bytes(old_);
    wire::DnsRecords records{old_, header, question.end};
    while (const auto record = records.next()) (selects(*record, types) ? removed_ : kept_).push_back(*record);
  }

  bool any() const { return !removed_.empty(); }

  // False when a kept name would point to nowhere.
  bool move_pointers() {
    return std::ranges::all_of(kept_, [&](const wire::DnsRecord& record) {
      if (!move_pointer(record.start)) return false;
      return std::ranges::all_of(names_in_rdata(old_, record), [&](std::size_t at) { return move_pointer(at); });
    });
  }

  void write(wire::Writer& message, wire::DnsHeader& header, std::size_t questions_end) const {
    message.roll_back(questions_end);
    for (const auto& record : kept_) message.bytes(moved_.view().subspan(record.start, record.end() - record.start));
    for (const auto& record : removed_) {
      auto& count = record.section == wire::DnsSection::answer      ? header.answers
                    : record.section == wire::DnsSection::authority ? header.authorities
                                                                    : header.additionals;
      --count;
    }
  }

 private:
  bool selects(const wire::DnsRecord& record, const std::vector<std::uint16_t>& types) const {
    if (record.klass != wire::dns_class::in) return false;
    if (everything_) return std::ranges::find(kept_of_any, record.type) == kept_of_any.end();
    return record.section == wire::DnsSection::answer && is_filtered(record.type, types);
  }

  // Where an octet of the old message stands in the new one; nothing inside a removed record.
  std::optional<std::size_t> new_place(std::size_t old) const {
    std::size_t gone = 0;
    for (const auto& record : removed_) {
      if (old >= record.end()) {
        gone += record.end() - record.start;
      } else if (old >= record.start) {
        return std::nullopt;
      }
    }
    return old - gone;
  }

  bool move_pointer(std::size_t name_at) {
    wire::Reader in{old_};
    if (!in.seek(name_at)) return false;
    for (auto length = in.u8(); length && *length != 0; length = in.u8()) {
      if (*length < (pointer_mark >> 8)) {
        in.skip(*length);
        continue;
      }
      const auto at = in.position() - 1;
      const auto low = in.u8();
      if (!low) return false;
      const auto target = (static_cast<std::size_t>(*length & ~(pointer_mark >> 8)) << 8) | *low;
      const auto place = new_place(target);
      return place && moved_.put_u16_at(at, static_cast<std::uint16_t>(pointer_mark | *place));
    }
    return true;
  }

  Bytes old_;
  bool everything_;
  wire::Writer moved_;  // the old message with the pointers of the new one
  std::vector<wire::DnsRecord> kept_;
  std::vector<wire::DnsRecord> removed_;
};

}  // namespace

bool is_filtered(std::uint16_t type, const std::vector<std::uint16_t>& types) {
  return std::ranges::find(types, type) != types.end();
}

bool filter_records(wire::Writer& message, wire::DnsHeader& header, const wire::DnsQuestion& question,
                    const std::vector<std::uint16_t>& types) {
  if (types.empty()) return false;
  Filtering filtering{message.view(), header, question, types};
  if (!filtering.any()) return false;
  if (filtering.move_pointers()) filtering.write(message, header, question.end);
  return true;
}

}  // namespace swapmasq::dns
