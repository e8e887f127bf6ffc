#include "script/event.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace swapmasq::script {
namespace {

using testing::ElementsAre;

constexpr Value::Places argument{.argument = true, .field = true};
constexpr Value::Places shown{.variable = true, .field = true};

ByteView body(const Bytes& encoded) { return ByteView{encoded}.subspan(length_octets); }

TEST(Event, TravelsUnchanged) {
  const Event event{"add",
                    {{"mac_address", "02:00", argument}, {"tags", std::string{"a\0b\xff", 4}, shown}, {"x", "", {}}}};
  const auto octets = encode(event);
  EXPECT_EQ(octets.size(), length_octets + octets[3]);
  EXPECT_EQ(decode(body(octets)), event);
}

TEST(Event, CutShortIsNoEvent) {
  const auto octets = encode({"add", {{"tags", "abc", shown}}});
  const std::size_t without_values = sizeof(std::uint16_t) + 3;
  for (std::size_t size = 0; size < octets.size() - length_octets; ++size) {
    EXPECT_EQ(decode(body(octets).first(size)).has_value(), size == without_values) << size;
  }
}

TEST(Event, IsBounded) {
  Event event{"add", {}};
  for (int i = 0; i < 30; ++i) event.values.push_back({"tags", std::string(70000, 'x'), shown});
  const auto octets = encode(event);
  EXPECT_LE(octets.size(), length_octets + longest_event);
  const auto read = decode(body(octets));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->values.front().text.size(), 65535U);
}

TEST(Event, ArgumentsAreInTheOrderOfTheValuesAndEndAtNul) {
  const Event event{"old", {{"a", "1", argument}, {"b", "2", shown}, {"c", std::string{"3\0x", 3}, argument}}};
  EXPECT_THAT(event.arguments(), ElementsAre("old", "1", "3"));
}

TEST(Event, VariablesAreCutAtNulAndEqualsSign) {
  EXPECT_EQ(variable({"vendor_class", "a=b c", shown}), "DNSMASQ_VENDOR_CLASS=a");
  EXPECT_EQ(variable({"circuit_id", std::string{"a\0b", 3}, shown}), "DNSMASQ_CIRCUIT_ID=a");
  EXPECT_EQ(variable({"circuit_id", "=b", shown}), std::nullopt);
  EXPECT_EQ(variable({"hostname", "a", argument}), std::nullopt);
}

TEST(Event, InheritedVariablesOfItsOwnAreKnown) {
  for (const auto* name : {"DNSMASQ_TAGS", "DNSMASQ_USER_CLASS17", "DNSMASQ_VENDOR_CLASS_ID", "DNSMASQ_LEASE_LENGTH"}) {
    EXPECT_TRUE(is_own_variable(name)) << name;
  }
  for (const auto* name : {"TAGS", "DNSMASQ_OPTS", "DNSMASQ_", "PATH"}) EXPECT_FALSE(is_own_variable(name)) << name;
}

}  // namespace
}  // namespace swapmasq::script
