#include "virtual_pc.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <regex>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace swapmasq::compat {

namespace {

// Without control sequences (ECMA-48), the single-letter escapes that SeaBIOS uses, and what only moves the cursor. A
// sequence that the end of the text cuts off is left for the next time.
std::string plain(const std::string& text) {
  static const std::regex control{"\x1b\\[[0-9;?]*[A-Za-z]|\x1b[A-Za-z]|[\r\b]"};
  static const std::regex cut_off{"\x1b(\\[[0-9;?]*)?$"};
  return std::regex_replace(std::regex_replace(text, cut_off, ""), control, "");
}

std::vector<std::string> command_line(const Step& step, int tap, int serial) {
  return {"qemu-system-x86_64",
          "-accel",
          "tcg",
          "-machine",
          "pc,graphics=off",
          "-m",
          "128",
          "-nodefaults",
          "-no-user-config",
          "-display",
          "none",
          "-uuid",
          step.argument_or("uuid", "564d1c0a-0000-4000-8000-525400123456"),
          "-boot",
          "n",
          "-serial",
          fmt::format("file:/dev/fd/{}", serial),
          "-netdev",
          fmt::format("tap,id=lan,fd={}", tap),
          "-device",
          fmt::format("e1000,netdev=lan,mac={}", step.argument_or("mac", "52:54:00:12:34:56"))};
}

}  // namespace

VirtualPc::VirtualPc(EventLoop& loop, const Step& step, const Fd& tap, std::function<void(const std::string&)> console)
    : loop_(loop), console_(std::move(console)) {
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  output_ = Fd{ends[0]};
  const Fd writing{ends[1]};
  process_ = checked(::fork(), "fork");
  if (process_ == 0) {
    const int serial = ::dup(writing.get());  // dup clears close-on-exec
    const int wire = ::dup(tap.get());
    std::vector<std::string> words = command_line(step, wire, serial);
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execvp(argv.front(), argv.data());
    ::_exit(127);
  }
  loop_.watch(output_, [this] { read_console(); });
}

VirtualPc::~VirtualPc() {
  loop_.forget(output_);
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void VirtualPc::read_console() {
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(output_.get(), buffer.data(), buffer.size());
  if (got <= 0) {
    loop_.forget(output_);
    return;
  }
  raw_.append(buffer.data(), static_cast<std::size_t>(got));
  std::string now = plain(raw_);
  if (now.size() > screen_.size()) console_(now.substr(screen_.size()));
  screen_ = std::move(now);
}

}  // namespace swapmasq::compat
