// Answers of upstream servers (RFC 2308; spec dns-forwarding.md section 12): one entry per name and type, least
// recently used ones displaced. The size counts records, as cache-size does. Expiry times are whole seconds of the wall
// clock. With use-stale-cache entries stay usable after that (RFC 8767; spec section 14).
#pragma once

#include <boost/multi_index/composite_key.hpp>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index/sequenced_index.hpp>
#include <boost/multi_index_container.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

struct CachedRecord {
  std::int64_t expires = 0;
  Bytes rdata;  // names in it uncompressed
};

struct CacheEntry {
  // NXDOMAIN holds for all types of a name that have no entry of their own: its type is 0.
  static constexpr std::uint16_t all_types = 0;

  enum class Kind : std::uint8_t { records, no_data, nx_domain };

  std::string name;  // wire form, lower case
  std::uint16_t type = all_types;
  Kind kind = Kind::records;
  // Negative: the SOA is an entry of its own under the last `soa_size` octets of the name; 0: none.
  std::uint8_t soa_size = 0;
  std::int64_t expires = 0;  // of the last record, or of the negative answer
  std::vector<CachedRecord> records;
  mutable std::uint32_t lookups = 0;  // for the rotation of the records

  std::size_t slots() const { return records.empty() ? 1 : records.size(); }
  bool alive(std::int64_t now) const { return now < expires; }
};

class Cache {
 public:
  // `size` in records; 0: nothing is kept. `stale_limit`: seconds that expired records may still be used, 0: for ever,
  // nothing: not at all.
  explicit Cache(std::uint32_t size, std::optional<std::uint32_t> stale_limit = std::nullopt)
      : size_(size), stale_limit_(stale_limit) {}

  std::uint32_t size() const { return size_; }

  // The entry for exactly this name (lower case) and type; counts as a use of it. Nothing when it is not usable.
  const CacheEntry* find(wire::WireName name, std::uint16_t type, std::int64_t now);
  // Whether a record of this entry may be used: it has not expired, or may be stale. DNSSEC's types may not.
  bool usable(const CacheEntry& entry, std::int64_t expires, std::int64_t now) const;
  bool keeps_stale() const { return stale_limit_.has_value(); }
  // Whether the name has any unexpired answer other than NXDOMAIN. What an address is called says nothing about names.
  bool knows(wire::WireName name, std::int64_t now) const;

  // Keeps one reply's entries, all or none. A new entry replaces the same name and type; a CNAME and other
  // entries of one name replace each other.
  void insert(std::vector<CacheEntry> entries, std::int64_t now);
  // Everything about a name, because it is local from now on.
  void forget(wire::WireName name);
  void clear();  // and the counters

  std::uint64_t insertions() const { return insertions_; }
  std::uint64_t evictions() const { return evictions_; }  // of unexpired records
  // In no particular order.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const auto& entry : entries_.template get<Recent>()) visit(entry);
  }

 private:
  struct ByKey {};
  struct ByName {};
  struct Recent {};
  struct ByExpiry {};
  struct NameHash {
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };
  using Key =
      boost::multi_index::composite_key<CacheEntry,
                                        boost::multi_index::member<CacheEntry, std::string, &CacheEntry::name>,
                                        boost::multi_index::member<CacheEntry, std::uint16_t, &CacheEntry::type>>;
  using Entries = boost::multi_index_container<
      CacheEntry,
      boost::multi_index::indexed_by<
          boost::multi_index::hashed_unique<
              boost::multi_index::tag<ByKey>, Key,
              boost::multi_index::composite_key_hash<NameHash, std::hash<std::uint16_t>>,
              boost::multi_index::composite_key_equal_to<std::equal_to<>, std::equal_to<>>>,
          boost::multi_index::hashed_non_unique<boost::multi_index::tag<ByName>,
                                                boost::multi_index::member<CacheEntry, std::string, &CacheEntry::name>,
                                                NameHash, std::equal_to<>>,
          boost::multi_index::sequenced<boost::multi_index::tag<Recent>>,
          boost::multi_index::ordered_non_unique<
              boost::multi_index::tag<ByExpiry>,
              boost::multi_index::member<CacheEntry, std::int64_t, &CacheEntry::expires>>>>;

  void make_room(std::size_t slots, std::int64_t now);
  void replace_conflicting(const CacheEntry& entry);

  std::uint32_t size_;
  std::optional<std::uint32_t> stale_limit_;
  std::size_t used_ = 0;  // slots
  std::uint64_t insertions_ = 0;
  std::uint64_t evictions_ = 0;
  Entries entries_;
};

}  // namespace swapmasq::dns
