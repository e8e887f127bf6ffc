#include "io/neighbour_table.hpp"

#include <gmock/gmock.h>
#include <net/if_arp.h>

namespace swapmasq::io {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Neighbour neighbour(std::string_view address, std::uint8_t last_octet, unsigned interface_index = 1) {
  const Bytes octets{2, 0, 0, 0, 0, last_octet};
  return {*IpAddress::parse(address), HardwareAddress::from(ARPHRD_ETHER, octets), interface_index};
}

class NeighbourTableTest : public testing::Test {
 protected:
  NeighbourTableTest() {
    table_.on_change([this](const NeighbourTable::Changes& changes) {
      for (const auto& each : changes.went) told_.push_back("-" + each.address.to_string());
      for (const auto& each : changes.came) told_.push_back("+" + each.address.to_string());
    });
  }
  std::optional<HardwareAddress> find(std::string_view address, unsigned interface_index = 0) {
    return table_.find(*IpAddress::parse(address), interface_index, now_);
  }
  std::vector<std::string> told() { return std::exchange(told_, {}); }

  std::vector<Neighbour> kernel_;
  int readings_ = 0;
  NeighbourTable table_{[this] {
    ++readings_;
    return kernel_;
  }};
  std::vector<std::string> told_;
  TimePoint now_ = at_seconds(1'000'000);
};

TEST_F(NeighbourTableTest, IsReadForWhoIsNotKnown) {
  kernel_ = {neighbour("10.0.0.2", 2)};
  EXPECT_EQ(find("10.0.0.2"), kernel_[0].hardware);
  EXPECT_EQ(find("10.0.0.2"), kernel_[0].hardware);
  EXPECT_EQ(readings_, 1);
  EXPECT_FALSE(find("10.0.0.3"));
  EXPECT_EQ(readings_, 2);
  now_ += NeighbourTable::lifetime;
  kernel_ = {};
  EXPECT_FALSE(find("10.0.0.2")) << "too old";
}

TEST_F(NeighbourTableTest, TellsWhatHasChanged) {
  kernel_ = {neighbour("10.0.0.2", 2), neighbour("10.0.0.3", 3)};
  table_.refresh(now_);
  EXPECT_THAT(told(), ElementsAre("+10.0.0.2", "+10.0.0.3"));
  kernel_ = {neighbour("10.0.0.2", 7), neighbour("10.0.0.4", 4)};
  table_.refresh(now_);
  EXPECT_THAT(told(), ElementsAre("-10.0.0.2", "-10.0.0.3", "+10.0.0.2", "+10.0.0.4"));
  table_.refresh(now_);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(NeighbourTableTest, AnAddressMayBeOnSeveralInterfaces) {
  kernel_ = {neighbour("fe80::1", 1, 1), neighbour("fe80::1", 2, 2)};
  EXPECT_EQ(find("fe80::1", 2), kernel_[1].hardware);
  EXPECT_EQ(find("fe80::1", 1), kernel_[0].hardware);
  EXPECT_FALSE(find("fe80::1", 3));
}

}  // namespace
}  // namespace swapmasq::io
