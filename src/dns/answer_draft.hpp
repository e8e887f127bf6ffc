// One local answer in the making: how far its chain of CNAMEs has come and what was found so far. The sources of
// answers (configuration, hosts and leases, cache) write into it; LocalAnswers decides the order in which they are
// asked.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "dns/client.hpp"
#include "dns/parsed_query.hpp"
#include "dns/query_log.hpp"
#include "dns/reply_writer.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

// One query on its way through the steps.
struct Asked {
  const ParsedQuery& query;
  const Client& client;
  Origin origin;
  std::size_t limit = 0;  // of the reply, without OPT
  TimePoint now;
};

// What log-queries calls the source of an answer.
inline constexpr std::string_view from_config = "config";
inline constexpr std::string_view from_cache = "cached";
inline constexpr std::string_view from_stale_cache = "cached-stale";
inline constexpr std::string_view from_lease = "DHCP";

class AnswerDraft {
 public:
  AnswerDraft(const Asked& asked, std::uint16_t edns_packet_max)
      : asked_(asked),
        edns_packet_max_(edns_packet_max),
        now_(seconds_of(asked.now)),
        name_(asked.query.name),
        out_(asked.query, asked.limit) {}

  const Asked& asked() const { return asked_; }
  const Origin& origin() const { return asked_.origin; }
  std::int64_t now() const { return now_; }  // seconds
  std::uint16_t type() const { return asked_.query.question.type; }
  bool wants(std::uint16_t type) const { return this->type() == type || this->type() == wire::dns_type::any; }

  // The name that the chain has reached, lower case.
  const wire::DnsName& name() const { return name_; }
  // An answer record of that name.
  void add(std::uint16_t type, std::uint32_t ttl, ByteView rdata);
  void add_address(const IpAddress& address, std::uint32_t ttl);
  void add(const ReplyRecord& record);
  // A CNAME of the cache: no answer by itself.
  void add_link(std::uint32_t ttl, ByteView rdata);
  // The CNAME just added leads on to `target`.
  void follow(const wire::DnsName& target);
  void add_authority(wire::WireName owner, const ReplyRecord& record);

  // A host that the record just added names, `offset` octets into its RDATA.
  struct Target {
    wire::DnsName name;
    ReplyWriter::Owner owner = ReplyWriter::question_name;
  };
  std::optional<Target> target_in(ByteView rdata, std::size_t offset) const;
  void add_additional(const Target& target, const ReplyRecord& record);
  void add_additional(const Target& target, const IpAddress& address, std::uint32_t ttl);

  bool answered() const { return answered_; }
  // There is an answer, even if it has no record.
  void settle() { answered_ = true; }
  void settle(std::uint8_t rcode);
  // The answer is not this server's own.
  void not_authoritative() { aa_ = false; }
  // Something was left out of the answer on purpose (EDE 17).
  void filtered() { filtered_ = true; }
  // Something in the answer has expired (EDE 3).
  void stale() { stale_ = true; }
  bool is_stale() const { return stale_; }

  bool truncated() const { return out_.truncated(); }
  Bytes finish();

 private:
  const Asked& asked_;
  std::uint16_t edns_packet_max_;
  std::int64_t now_;
  wire::DnsName name_;
  ReplyWriter::Owner owner_ = ReplyWriter::question_name;
  ReplyWriter out_;
  bool answered_ = false;
  bool filtered_ = false;
  bool stale_ = false;
  bool aa_ = true;
  std::uint8_t rcode_ = wire::dns_rcode::no_error;
};

// The record that carries an address; its RDATA is valid as long as this object and the address.
class AddressRecord {
 public:
  AddressRecord(const IpAddress& address, std::uint32_t ttl);
  const ReplyRecord& operator*() const { return record_; }
  AddressRecord(const AddressRecord&) = delete;
  AddressRecord& operator=(const AddressRecord&) = delete;

 private:
  std::array<std::uint8_t, 4> v4_{};
  ReplyRecord record_;
};

}  // namespace swapmasq::dns
