// Whole transfers over a network that loses, repeats, delays and reorders, in both directions. Whatever it does, the
// client must end with the file. Time is virtual, and every run has its fixed seed.
#include <fmt/format.h>
#include <map>
#include <random>

#include "tftp/server_fixture.hpp"

namespace swapmasq::tftp {
namespace {

struct Weather {
  double loss = 0;
  double repeat = 0;
  int least_delay = 1;  // milliseconds
  int most_delay = 1;
};

struct Wishes {
  bool netascii = false;
  std::optional<unsigned> blksize;
  std::optional<unsigned> windowsize;
  std::optional<unsigned> timeout;
  bool tsize = false;
};

Bytes request_for(const std::string& name, const Wishes& wishes) {
  auto text = name + '\0' + (wishes.netascii ? "netascii" : "octet") + '\0';
  const auto option = [&text](std::string_view option_name, std::optional<unsigned> value) {
    if (value) text += fmt::format("{}{}{}{}", option_name, '\0', *value, '\0');
  };
  option("windowsize", wishes.windowsize);
  option("timeout", wishes.timeout);
  option("blksize", wishes.blksize);
  option("tsize", wishes.tsize ? std::optional{0U} : std::nullopt);
  wire::Writer octets;
  octets.u16(1);
  octets.text(text);
  return octets.take();
}

// A client by RFC 1350 and RFC 7440: acknowledges whole windows, a window's last block again when it comes again,
// and once what it has when a block is missing.
class Client {
 public:
  explicit Client(const Wishes& wishes)
      : block_size_(wishes.blksize.value_or(512)), window_(wishes.netascii ? 1 : wishes.windowsize.value_or(1)) {}

  // The answer to a packet, if it has one.
  std::optional<Bytes> receive(ByteView packet) {
    if (packet[1] == 6) return blocks_ == 0 ? std::optional{ack(0)} : std::nullopt;
    if (packet[1] != 3) {
      failed = true;
      return std::nullopt;
    }
    const auto ahead = static_cast<std::uint16_t>(packet[2] * 256U + packet[3] - blocks_);
    if (ahead == 0) return in_window_ == 0 ? std::optional{acknowledge()} : std::nullopt;
    if (ahead > 1) return ahead <= 32 && !std::exchange(gap_, true) ? std::optional{acknowledge()} : std::nullopt;
    gap_ = false;
    const auto payload = packet.subspan(4);
    content.insert(content.end(), payload.begin(), payload.end());
    ++blocks_;
    done = payload.size() < block_size_;
    if (done || ++in_window_ >= window_) return acknowledge();
    return std::nullopt;
  }

  // Clients have a timer too: without it a lost acknowledgement amid a window would end in silence.
  std::optional<Bytes> remind() { return in_window_ > 0 ? std::optional{acknowledge()} : std::nullopt; }

  Bytes content;
  bool done = false;
  bool failed = false;

 private:
  Bytes acknowledge() {
    in_window_ = 0;
    return ack(static_cast<unsigned>(blocks_ % 65536));
  }

  std::size_t block_size_;
  unsigned window_;
  bool gap_ = false;
  unsigned in_window_ = 0;
  std::uint64_t blocks_ = 0;
};

class SimulatedNetwork : public ServerFixture {
 protected:
  void fetch(const std::string& name, const Wishes& wishes, const Weather& weather, unsigned seed) {
    random_.seed(seed);
    weather_ = weather;
    Client receiver{wishes};
    request(request_for(name, wishes));
    while (server().transfers() > 0) {
      for (const auto& datagram : sockets.take()) travel(datagram.octets, true);
      const auto arrival = in_flight_.empty() ? std::nullopt : std::optional{in_flight_.begin()->first};
      const auto event = server().next_event();
      if (arrival && *arrival <= *event) {
        now = std::max(now, *arrival);
        const auto packet = std::move(in_flight_.extract(in_flight_.begin()).mapped());
        if (!packet.to_client) {
          server().receive(sockets.open_sockets.begin()->first, packet.octets, client, now);
        } else if (const auto answer = receiver.receive(packet.octets)) {
          travel(*answer, false);
        }
      } else {
        now = std::max(now, *event);
        server().tick(now);
        if (const auto reminder = receiver.remind()) travel(*reminder, false);
      }
      ASSERT_FALSE(receiver.failed);
    }
    in_flight_.clear();
    EXPECT_TRUE(receiver.done);
    const auto& file = files.at("/srv/tftp/" + name).octets;
    EXPECT_EQ(receiver.content, wishes.netascii ? to_netascii(file) : file);
    EXPECT_EQ(lines(), Texts{"sent /srv/tftp/" + name + " to 192.168.77.2"});
    EXPECT_TRUE(sockets.open_sockets.empty());
    EXPECT_EQ(files.open_now(), 0U);
  }

  void add_random(const std::string& name, std::size_t size) {
    std::minstd_rand random{static_cast<unsigned>(size + 1)};
    Bytes octets(size);
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(random() % 7 == 0 ? '\n' : random());
    files.add("/srv/tftp/" + name, std::move(octets));
  }

 private:
  struct Packet {
    bool to_client = false;
    Bytes octets;
  };

  static Bytes to_netascii(const Bytes& file) {
    Bytes text;
    for (const auto octet : file) {
      if (octet == '\n') text.push_back('\r');
      text.push_back(octet);
    }
    return text;
  }

  bool happens(double probability) { return std::uniform_real_distribution<>{}(random_) < probability; }

  void travel(const Bytes& octets, bool to_client) {
    const int copies = happens(weather_.repeat) ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
      if (happens(weather_.loss)) continue;
      const std::chrono::milliseconds delay{
          std::uniform_int_distribution<>{weather_.least_delay, weather_.most_delay}(random_)};
      in_flight_.emplace(now + delay, Packet{to_client, octets});
    }
  }

  std::mt19937 random_;
  Weather weather_;
  std::multimap<TimePoint, Packet> in_flight_;
};

constexpr Weather fine{};
constexpr Weather lossy{.loss = 0.1, .most_delay = 5};
constexpr Weather stormy{.loss = 0.15, .repeat = 0.15, .least_delay = 1, .most_delay = 3500};

TEST_F(SimulatedNetwork, EveryCombinationOfOptionsInEveryWeather) {
  unsigned seed = 1;
  for (const std::size_t size : {0U, 1U, 511U, 512U, 513U, 4096U, 20000U}) {
    const auto name = std::to_string(size);
    add_random(name, size);
    for (unsigned choice = 0; choice < 32; ++choice) {
      Wishes wishes;
      wishes.netascii = (choice & 1) != 0;
      if ((choice & 2) != 0) wishes.blksize = (choice & 4) != 0 ? 1468 : 100;
      if ((choice & 4) != 0) wishes.windowsize = (choice & 2) != 0 ? 7 : 32;
      if ((choice & 8) != 0) wishes.timeout = 1;
      wishes.tsize = (choice & 16) != 0;
      for (const auto& weather : {fine, lossy, stormy}) {
        SCOPED_TRACE(fmt::format("size {} options {} seed {}", size, choice, ++seed));
        fetch(name, wishes, weather, seed);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST_F(SimulatedNetwork, BlockNumbersWrapInBadWeather) {
  add_random("long", 8 * 66000 + 3);
  fetch("long", {.blksize = 8, .windowsize = 32}, {.loss = 0.001, .repeat = 0.01}, 4);
}

}  // namespace
}  // namespace swapmasq::tftp
