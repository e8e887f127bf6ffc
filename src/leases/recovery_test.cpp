#include "leases/recovery.hpp"

#include <gtest/gtest.h>

namespace swapmasq::leases {
namespace {

constexpr std::size_t block = 4096;

Journal journal(std::uint64_t generation, std::string text) { return {generation, std::move(text), {}}; }

// The generation that is believed; 0: the file.
std::uint64_t believed(std::string_view file, std::optional<Journal> first, std::optional<Journal> second) {
  const auto found = believed_journal(file, std::move(first), std::move(second));
  return found ? found->generation : 0;
}

TEST(Recovery, WithoutAJournalTheFileCounts) { EXPECT_EQ(believed("x", {}, {}), 0U); }

TEST(Recovery, TheNewerJournalCountsWhileTheFileIsOurs) {
  EXPECT_EQ(believed("new", journal(2, "new"), journal(1, "older")), 2U);
  EXPECT_EQ(believed("older", journal(1, "older"), journal(2, "new")), 2U) << "killed before the file was touched";
  EXPECT_EQ(believed("new", journal(2, "new"), {}), 2U) << "killed while the other journal was begun";
  EXPECT_EQ(believed("foreign", journal(2, "new"), journal(1, "older")), 0U);
  EXPECT_EQ(believed("", journal(2, "new"), journal(1, "older")), 0U) << "emptied by somebody";
  EXPECT_EQ(believed("newer and longer", journal(2, "new"), journal(1, "older")), 0U);
}

TEST(Recovery, AMixtureOfOldAndNewIsOurs) {
  const std::string old(3 * block, 'o');
  const auto try_file = [&](const std::string& after, const std::string& file) {
    return believed(file, journal(1, old), journal(2, after));
  };
  const std::string longer(4 * block + 10, 'n');
  EXPECT_EQ(try_file(longer, longer.substr(0, block) + old.substr(block)), 2U);
  EXPECT_EQ(try_file(longer, longer.substr(0, 4 * block)), 2U) << "growing";
  EXPECT_EQ(try_file(longer, old.substr(0, block) + longer.substr(block)), 2U) << "the power failed";
  EXPECT_EQ(try_file(longer, longer.substr(0, 3 * block) + std::string(block + 10, '\0')), 2U) << "likewise";
  const std::string shorter(block + 10, 'n');
  EXPECT_EQ(try_file(shorter, shorter + std::string(2 * block - 10, '\n')), 2U) << "not cut off yet";
  EXPECT_EQ(try_file(shorter, shorter + std::string(block - 10, '\n') + old.substr(2 * block)), 2U);
  auto edited = longer.substr(0, block) + old.substr(block);
  edited[block + 1] = 'x';
  EXPECT_EQ(try_file(longer, edited), 0U);
}

}  // namespace
}  // namespace swapmasq::leases
