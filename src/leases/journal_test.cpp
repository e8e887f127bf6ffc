#include "leases/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dhcp/lease_store.hpp"

namespace swapmasq::leases {
namespace {

constexpr std::uint64_t generation = 0x100000002;
constexpr std::string_view base = "5000 02:00:00:00:00:01 10.0.0.1 one *\n0 02:00:00:00:00:02 10.0.0.2 * 01:02\n";

dhcp::Lease lease_on(std::string_view address, std::int64_t expires) {
  dhcp::Lease made;
  made.address = Ipv4::parse(address).value();
  made.expires = expires;
  return made;
}

Bytes journal_start(std::uint64_t number, std::string_view text) {
  const auto octets = to_bytes(text);
  auto start = journal_head(number, octets);
  EXPECT_EQ(start.size(), journal_head_size);
  start.insert(start.end(), octets.begin(), octets.end());
  return start;
}

Bytes journal_record(std::uint64_t number, const JournalChange& change) {
  return journal_records(number, std::span{&change, 1});
}

Bytes journal_change(std::uint64_t number, const dhcp::Lease& lease) {
  return journal_record(number, dhcp::lease_lines(lease));
}

Bytes journal_removal(std::uint64_t number, std::string_view address) {
  return journal_record(number, RemovedLease{Ipv4::parse(address).value()});
}

void append(Bytes& to, const Bytes& octets) { to.insert(to.end(), octets.begin(), octets.end()); }

// The journal's leases, as "expiry address" in the order of the file.
std::vector<std::string> leases_of(const Journal& journal) {
  std::vector<std::string> texts;
  for (const auto& entry : replay(journal).leases) {
    std::visit([&](const auto& l) { texts.push_back(std::to_string(l.expires) + " " + l.address.to_string()); }, entry);
  }
  return texts;
}

class JournalTest : public testing::Test {
 protected:
  JournalTest() {
    const auto add = [&](const Bytes& record) {
      append(octets_, record);
      ends_.push_back(octets_.size());
    };
    add(journal_start(generation, base));
    add(journal_change(generation, lease_on("10.0.0.3", 6000)));
    add(journal_change(generation, lease_on("10.0.0.1", 7000)));
    add(journal_removal(generation, "10.0.0.2"));
    add(journal_change(generation, lease_on("10.0.0.4", 8000)));
  }

  // How many changes are whole in so many octets; nothing: not even the beginning.
  std::optional<std::size_t> whole(std::size_t size) const {
    std::optional<std::size_t> count;
    for (std::size_t i = 0; i < ends_.size() && ends_[i] <= size; ++i) count = i;
    return count;
  }

  Bytes octets_;
  std::vector<std::size_t> ends_;  // of the records
};

TEST_F(JournalTest, GivesTheLeasesAsAFileWouldHaveThem) {
  const auto journal = parse_journal(octets_);
  ASSERT_TRUE(journal);
  EXPECT_EQ(journal->generation, generation);
  EXPECT_EQ(journal->text, base);
  EXPECT_THAT(leases_of(*journal), testing::ElementsAre("8000 10.0.0.4", "6000 10.0.0.3", "7000 10.0.0.1"));
}

TEST_F(JournalTest, ALeaseThatCameBackIsNew) {
  append(octets_, journal_removal(generation, "10.0.0.1"));
  append(octets_, journal_change(generation, lease_on("10.0.0.1", 9000)));
  EXPECT_THAT(leases_of(*parse_journal(octets_)),
              testing::ElementsAre("9000 10.0.0.1", "8000 10.0.0.4", "6000 10.0.0.3"));
}

TEST_F(JournalTest, KeepsWhatLeasequeryStores) {
  auto rich = lease_on("10.0.0.5", 1);
  rich.hardware = HardwareAddress::from(6, Bytes{1, 2});
  rich.client_id = {1, 2, 3};
  rich.name = "rich";
  rich.agent_info = {1, 1, 65};
  rich.vendor_class = {66};
  const auto journal = parse_journal([&] {
    auto octets = journal_start(1, "");
    append(octets, journal_change(1, rich));
    return octets;
  }());
  const auto& got = std::get<dhcp::Lease>(journal->changes.at(0));
  EXPECT_EQ(dhcp::lease_lines(got), dhcp::lease_lines(rich));
}

TEST_F(JournalTest, EndsWhereItIsCut) {
  for (std::size_t size = 0; size <= octets_.size(); ++size) {
    const auto journal = parse_journal(ByteView{octets_}.first(size));
    EXPECT_EQ(journal ? std::optional{journal->changes.size()} : std::nullopt, whole(size)) << size;
  }
}

TEST_F(JournalTest, EndsWhereItIsDamaged) {
  for (std::size_t place = 0; place < octets_.size(); ++place) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto damaged = octets_;
      damaged[place] ^= static_cast<std::uint8_t>(1U << bit);
      const auto journal = parse_journal(damaged);
      EXPECT_EQ(journal ? std::optional{journal->changes.size()} : std::nullopt, whole(place)) << place;
    }
  }
}

TEST_F(JournalTest, WhatIsLeftOfAnOlderGenerationDoesNotCount) {
  auto next = journal_start(generation + 1, base);
  ASSERT_EQ(next.size(), ends_.front());
  append(next, {octets_.begin() + static_cast<std::ptrdiff_t>(ends_.front()), octets_.end()});
  const auto journal = parse_journal(next);
  ASSERT_TRUE(journal);
  EXPECT_EQ(journal->generation, generation + 1);
  EXPECT_THAT(journal->changes, testing::IsEmpty());
}

}  // namespace
}  // namespace swapmasq::leases
