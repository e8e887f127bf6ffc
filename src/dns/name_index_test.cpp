#include "dns/name_index.hpp"

#include <gtest/gtest.h>
#include <random>
#include <unordered_map>

namespace swapmasq::dns {
namespace {

TEST(NameIndex, KeepsTheFirstNumberOfAName) {
  NameIndex index;
  EXPECT_EQ(index.find("a.test"), std::nullopt);
  EXPECT_EQ(index.try_emplace("a.test", 7), 7U);
  EXPECT_EQ(index.try_emplace("a.test", 8), 7U);
  EXPECT_EQ(index.find("a.test"), 7U);
  EXPECT_EQ(index.find("test"), std::nullopt);
}

TEST(NameIndex, TakesLongAndEmptyNames) {
  NameIndex index;
  index.try_emplace(std::string(255, 'x'), 1);
  index.try_emplace("", 2);
  EXPECT_EQ(index.find(std::string(255, 'x')), 1U);
  EXPECT_EQ(index.find(""), 2U);
}

TEST(NameIndex, AgreesWithAMapWhateverComesAndGoes) {
  std::mt19937 random{1};
  NameIndex index;
  std::unordered_map<std::string, std::uint32_t> map;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    const auto name = "n" + std::to_string(random() % 700);
    if (random() % 2 == 0) {
      EXPECT_EQ(index.try_emplace(name, i), map.try_emplace(name, i).first->second);
    } else {
      index.erase(name);
      map.erase(name);
    }
  }
  for (int i = 0; i < 700; ++i) {
    const auto name = "n" + std::to_string(i);
    const auto found = map.find(name);
    EXPECT_EQ(index.find(name), found == map.end() ? std::nullopt : std::optional{found->second}) << name;
  }
}

}  // namespace
}  // namespace swapmasq::dns
