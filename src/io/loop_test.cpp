#include "io/loop.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "io/descriptor.hpp"

namespace swapmasq::io {
namespace {

using std::chrono::milliseconds;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    read = Descriptor{ends[0]};
    write = Descriptor{ends[1]};
  }
  void put(char c) const { EXPECT_EQ(::write(write.get(), &c, 1), 1); }
  char take() const {
    char c = 0;
    EXPECT_EQ(::read(read.get(), &c, 1), 1);
    return c;
  }
  Descriptor read;
  Descriptor write;
};

TEST(Loop, AWatchIsCalledAgainAndAgain) {
  Loop loop;
  const Pipe pipe;
  std::string seen;
  const auto watch = loop.watch_readable(pipe.read.get(), [&] {
    seen.push_back(pipe.take());
    if (seen == "ab") loop.stop();
    if (seen == "a") pipe.put('b');
  });
  pipe.put('a');
  loop.run();
  EXPECT_EQ(seen, "ab");
}

TEST(Loop, AFullPipeIsWatchedUntilThereIsRoom) {
  Loop loop;
  const Pipe pipe;
  fcntl(pipe.write.get(), F_SETFL, O_NONBLOCK);
  const std::array<char, 4096> page{};
  while (::write(pipe.write.get(), page.data(), page.size()) > 0) {
  }
  int calls = 0;
  std::optional<Loop::Watch> watch = loop.watch_writable(pipe.write.get(), [&] {
    ++calls;
    watch.reset();
    loop.stop();
  });
  loop.post([&] {
    EXPECT_EQ(calls, 0);
    std::array<char, 4096> taken{};
    EXPECT_EQ(::read(pipe.read.get(), taken.data(), taken.size()), 4096);
  });
  loop.run();
  EXPECT_EQ(calls, 1);
}

TEST(Loop, AWatchMayEndItselfAndLeavesTheDescriptorOpen) {
  Loop loop;
  const Pipe pipe;
  int calls = 0;
  std::optional<Loop::Watch> watch = loop.watch_readable(pipe.read.get(), [&] {
    ++calls;
    watch.reset();
  });
  pipe.put('x');
  Loop::Timer end{loop, [&] { loop.stop(); }};
  end.set(Loop::now() + milliseconds{50});
  loop.run();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(pipe.take(), 'x');
}

TEST(Loop, AWatchMayEndAnotherThatIsReady) {
  Loop loop;
  const Pipe first;
  const Pipe second;
  first.put('x');
  second.put('x');
  int calls = 0;
  std::array<std::optional<Loop::Watch>, 2> watches;
  const auto end_the_other = [&](std::size_t other) {
    ++calls;
    watches[other].reset();
    loop.stop();
  };
  watches[0] = loop.watch_readable(first.read.get(), [&] { end_the_other(1); });
  watches[1] = loop.watch_readable(second.read.get(), [&] { end_the_other(0); });
  loop.run();
  EXPECT_EQ(calls, 1);
}

TEST(Loop, MoreThanABatchIsServed) {
  Loop loop;
  std::vector<Pipe> pipes(200);
  std::vector<Loop::Watch> watches;
  std::size_t calls = 0;
  for (const auto& pipe : pipes) {
    pipe.put('x');
    watches.push_back(loop.watch_readable(pipe.read.get(), [&] {
      pipe.take();
      if (++calls == pipes.size()) loop.stop();
    }));
  }
  loop.run();
  EXPECT_EQ(calls, pipes.size());
}

TEST(Loop, AWatchMayOutliveTheLoop) {
  const Pipe pipe;
  std::optional<Loop::Watch> watch;
  {
    Loop loop;
    watch = loop.watch_readable(pipe.read.get(), [] {});
  }
  watch.reset();
  pipe.put('x');
  EXPECT_EQ(pipe.take(), 'x');
}

TEST(Loop, ALaterDeadlineReplacesTheEarlier) {
  Loop loop;
  int calls = 0;
  Loop::Timer timer{loop, [&] { ++calls; }};
  timer.set(Loop::now() + milliseconds{10});
  timer.set(Loop::now() + milliseconds{30});
  Loop::Timer never{loop, [&] { calls += 100; }};
  never.set(Loop::now() + milliseconds{10});
  never.cancel();
  Loop::Timer end{loop, [&] { loop.stop(); }};
  end.set(Loop::now() + milliseconds{100});
  loop.run();
  EXPECT_EQ(calls, 1);
}

TEST(Loop, SignalsAreHandledEachTime) {
  Loop loop;
  int hangups = 0;
  loop.on_signal(SIGHUP, [&] {
    if (++hangups == 2) {
      loop.stop();
    } else {
      raise(SIGHUP);
    }
  });
  loop.post([] { raise(SIGHUP); });
  loop.run();
  EXPECT_EQ(hangups, 2);
}

}  // namespace
}  // namespace swapmasq::io
