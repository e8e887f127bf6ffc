// A DNS message (RFC 1035 section 4, RFC 6891) as a view over its octets: the fixed header, the question, a cursor over
// the records, and the OPT record. Nothing is copied but names; offsets are positions in the message.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "wire/dns_name.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::wire {

inline constexpr std::size_t dns_header_size = 12;

struct DnsHeader {
  std::uint16_t id = 0;
  bool qr = false;
  std::uint8_t opcode = 0;
  bool aa = false;
  bool tc = false;
  bool rd = false;
  bool ra = false;
  bool z = false;
  bool ad = false;
  bool cd = false;
  std::uint8_t rcode = 0;
  std::uint16_t questions = 0;
  std::uint16_t answers = 0;
  std::uint16_t authorities = 0;
  std::uint16_t additionals = 0;

  static std::optional<DnsHeader> read(Reader& in);
  std::uint16_t flags() const;
  bool write(Writer& out) const;
  // Overwrites the header at the start of what was written.
  void overwrite(Writer& out) const;
};

struct DnsQuestion {
  DnsName name;
  std::uint16_t type = 0;
  std::uint16_t klass = 0;
  std::size_t end = 0;  // position behind it
};

enum class QuestionError {
  unreadable_name,  // the section has an end, the name in it does not make sense
  runs_off,         // the section's end cannot be found
};

// The first question of a message whose header says that there is one.
Result<DnsQuestion, QuestionError> read_question(ByteView message);

// Where the question section ends; nothing when it runs off the message.
std::optional<std::size_t> end_of_questions(ByteView message, std::uint16_t count);

enum class DnsSection : std::uint8_t { answer, authority, additional };

struct DnsRecord {
  DnsSection section = DnsSection::answer;
  std::size_t start = 0;  // of the owner name
  std::uint16_t type = 0;
  std::uint16_t klass = 0;
  std::uint32_t ttl = 0;
  std::size_t ttl_at = 0;
  std::size_t rdata_at = 0;
  std::uint16_t rdata_length = 0;

  std::size_t end() const { return rdata_at + rdata_length; }
};

// Walks the three record sections in order.
class DnsRecords {
 public:
  DnsRecords(ByteView message, const DnsHeader& header, std::size_t start);

  // The next record; nothing at the end, or where the message breaks off (then broken()).
  std::optional<DnsRecord> next();
  bool broken() const { return broken_; }
  // Behind the last record returned.
  std::size_t position() const { return in_.position(); }

 private:
  ByteView message_;
  Reader in_;
  std::array<std::uint16_t, 3> left_;
  std::size_t section_ = 0;
  bool broken_ = false;
};

// The name at a position, for owners and names inside RDATA.
std::optional<DnsName> name_at(ByteView message, std::size_t position);

// The OPT pseudo-record (RFC 6891 section 6.1).
struct Edns {
  std::uint16_t udp_size = 0;
  std::uint8_t extended_rcode = 0;
  std::uint8_t version = 0;
  std::uint16_t flags = 0;
  Bytes options;

  static constexpr std::uint16_t do_flag = 0x8000;
  bool wants_dnssec() const { return (flags & do_flag) != 0; }

  static Edns from(ByteView message, const DnsRecord& record);
  bool write(Writer& out) const;
  // Adds an RFC 8914 extended error without text, in place of any that is there.
  void set_extended_error(std::uint16_t info_code);
};

}  // namespace swapmasq::wire
