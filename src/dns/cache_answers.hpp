// Answers from what upstream has said before (spec dns-forwarding.md sections 3.1 and 9).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "dns/answer_draft.hpp"
#include "dns/local_data.hpp"

namespace swapmasq::dns {

class CacheAnswers {
 public:
  CacheAnswers(LocalData& data, const QueryLog& log) : data_(data), log_(log) {}

  enum class Link { none, followed, unusable };
  // Follows one cached CNAME; unusable: there is one, but this client may not have cached data.
  Link follow(AnswerDraft& draft);
  // Whether the name is known not to exist.
  bool says_no_such_name(const AnswerDraft& draft) const;
  // NXDOMAIN, if cached.
  bool name_error(AnswerDraft& draft);
  // Adds what is cached for exactly this type, positive or negative.
  bool records(AnswerDraft& draft, std::uint16_t type);
  // The cached addresses of a host that the answer names. No lines.
  void additional(AnswerDraft& draft, const AnswerDraft::Target& target, std::uint16_t type);

 private:
  std::uint32_t remaining_ttl(const CachedRecord& record, std::int64_t now) const;
  // What the log calls this source; notes in the draft that the record is stale.
  std::string_view source_of(AnswerDraft& draft, std::int64_t expires) const;
  void log_record(const AnswerDraft& draft, std::string_view source, std::uint16_t type, ByteView rdata) const;
  void add_authority(AnswerDraft& draft, const CacheEntry& negative);

  LocalData& data_;
  const QueryLog& log_;
};

}  // namespace swapmasq::dns
