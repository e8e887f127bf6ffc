#include "dns/cache.hpp"

#include <gtest/gtest.h>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {
namespace {

namespace type = wire::dns_type;

std::string key(std::string_view text) { return std::string{wire::DnsName::from_text(text)->wire()}; }

CacheEntry entry(std::string_view name, std::uint16_t entry_type, std::size_t records = 1, std::int64_t expires = 100) {
  CacheEntry made;
  made.name = key(name);
  made.type = entry_type;
  made.expires = expires;
  for (std::size_t i = 0; i < records; ++i) {
    CachedRecord record;
    record.expires = expires;
    record.rdata.assign(4, static_cast<std::uint8_t>(i));
    made.records.push_back(record);
  }
  return made;
}

CacheEntry no_name(std::string_view name) {
  auto made = entry(name, CacheEntry::all_types, 0);
  made.kind = CacheEntry::Kind::nx_domain;
  return made;
}

TEST(Cache, FindsByNameAndTypeUntilExpiry) {
  Cache cache{10};
  cache.insert({entry("a", type::a)}, 0);
  EXPECT_NE(cache.find(key("a"), type::a, 99), nullptr);
  EXPECT_EQ(cache.find(key("a"), type::aaaa, 99), nullptr);
  EXPECT_EQ(cache.find(key("b"), type::a, 99), nullptr);
  EXPECT_EQ(cache.find(key("a"), type::a, 100), nullptr);
}

TEST(Cache, TheLeastRecentlyUsedGoes) {
  Cache cache{3};
  for (const auto* name : {"a", "b", "c"}) cache.insert({entry(name, type::a)}, 0);
  cache.find(key("a"), type::a, 1);
  cache.insert({entry("d", type::a)}, 1);
  EXPECT_NE(cache.find(key("a"), type::a, 1), nullptr);
  EXPECT_EQ(cache.find(key("b"), type::a, 1), nullptr);
  EXPECT_EQ(cache.insertions(), 4U);
  EXPECT_EQ(cache.evictions(), 1U);
}

TEST(Cache, TheExpiredGoFirst) {
  Cache cache{2};
  cache.insert({entry("a", type::a, 1, 100)}, 0);
  cache.insert({entry("old", type::a, 1, 10)}, 0);
  cache.insert({entry("b", type::a)}, 10);
  EXPECT_NE(cache.find(key("a"), type::a, 11), nullptr);
  EXPECT_EQ(cache.evictions(), 0U);
}

TEST(Cache, SizeCountsRecords) {
  Cache cache{5};
  cache.insert({entry("six", type::a, 6)}, 0);
  EXPECT_EQ(cache.find(key("six"), type::a, 1), nullptr);
  cache.insert({entry("three", type::a, 3)}, 0);
  cache.insert({entry("other", type::a, 3)}, 0);
  EXPECT_EQ(cache.find(key("three"), type::a, 1), nullptr);
  EXPECT_EQ(cache.evictions(), 3U);
  Cache none{0};
  none.insert({entry("a", type::a)}, 0);
  EXPECT_EQ(none.find(key("a"), type::a, 1), nullptr);
}

TEST(Cache, WhatAnAddressIsCalledIsNoName) {
  Cache cache{10};
  cache.insert({entry("a", type::ptr)}, 0);
  EXPECT_NE(cache.find(key("a"), type::ptr, 1), nullptr);
  EXPECT_FALSE(cache.knows(key("a"), 1));
}

TEST(Cache, NewDataReplacesWhatContradictsIt) {
  Cache cache{10};
  cache.insert({entry("a", type::a), entry("a", type::aaaa)}, 0);
  cache.insert({entry("a", type::a, 2)}, 0);
  EXPECT_EQ(cache.find(key("a"), type::a, 1)->records.size(), 2U);
  EXPECT_NE(cache.find(key("a"), type::aaaa, 1), nullptr);
  cache.insert({entry("a", type::cname)}, 0);
  EXPECT_EQ(cache.find(key("a"), type::a, 1), nullptr);
  cache.insert({no_name("a")}, 0);
  EXPECT_EQ(cache.find(key("a"), type::cname, 1), nullptr);
  EXPECT_FALSE(cache.knows(key("a"), 1));
  cache.insert({entry("a", type::a)}, 0);
  EXPECT_NE(cache.find(key("a"), CacheEntry::all_types, 1), nullptr) << "what is not known does not exist";
  EXPECT_TRUE(cache.knows(key("a"), 1));
  cache.insert({no_name("a")}, 0);
  EXPECT_NE(cache.find(key("a"), type::a, 1), nullptr);
  cache.forget(key("a"));
  EXPECT_FALSE(cache.knows(key("a"), 1));
}

}  // namespace
}  // namespace swapmasq::dns
