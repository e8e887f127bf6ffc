#include "virtual_pc.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <regex>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "firmware.hpp"

namespace swapmasq::compat {

namespace {

// Takes what is complete out of `text` and returns it without control sequences (ECMA-48), the single-letter escapes
// that SeaBIOS uses, and what only moves the cursor. A sequence that the end of the text cuts off stays for later.
std::string take_plain(std::string& text) {
  static const std::regex control{"\x1b\\[[0-9;?=]*[A-Za-z]|\x1b[A-Za-z()]|[\r\b]"};
  static const std::regex cut_off{"\x1b(\\[[0-9;?=]*)?$"};
  std::smatch tail;
  std::string rest = std::regex_search(text, tail, cut_off) ? tail.str() : "";
  text.resize(text.size() - rest.size());
  return std::regex_replace(std::exchange(text, std::move(rest)), control, "");
}

// The keys that a script can name, as a terminal sends them; any other text is typed as it is.
std::string key_sequence(const std::string& key) {
  static const std::map<std::string, std::string> named{
      {"Enter", "\r"}, {"Escape", "\x1b"}, {"Up", "\x1b[A"}, {"Down", "\x1b[B"}, {"F8", "\x1b[19~"}};
  const auto found = named.find(key);
  return found == named.end() ? key : found->second;
}

}  // namespace

VirtualPc::VirtualPc(EventLoop& loop, const Step& step, const Fd& tap, std::function<void(const std::string&)> console)
    : loop_(loop), console_(std::move(console)) {
  for (const auto& [name, text] : step.arguments) {
    if (name == "when") keystrokes_.push_back({text, {}});
    if (name == "press") {
      if (keystrokes_.empty()) throw ScriptError(step.line, "press= without when=");
      keystrokes_.back().keys += key_sequence(text);
    }
  }
  std::array<int, 2> from_pc{};
  std::array<int, 2> to_pc{};
  checked(::pipe2(from_pc.data(), O_CLOEXEC), "pipe");
  checked(::pipe2(to_pc.data(), O_CLOEXEC), "pipe");
  output_ = Fd{from_pc[0]};
  keyboard_ = Fd{to_pc[1]};
  const Fd pc_output{from_pc[1]};
  const Fd pc_input{to_pc[0]};
  const Fd wire{::dup(tap.get())};  // dup clears close-on-exec
  std::vector<std::string> words = qemu_command(step, wire.get());
  process_ = checked(::fork(), "fork");
  if (process_ == 0) {
    ::dup2(pc_input.get(), STDIN_FILENO);
    ::dup2(pc_output.get(), STDOUT_FILENO);
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
    ended_ = true;
    loop_.forget(output_);
    return;
  }
  pending_.append(buffer.data(), static_cast<std::size_t>(got));
  const std::string text = take_plain(pending_);
  console_(text);
  screen_ += text;
  while (!keystrokes_.empty()) {
    const std::size_t at = screen_.find(keystrokes_.front().when, answered_);
    if (at == std::string::npos) break;
    answered_ = at + keystrokes_.front().when.size();
    const std::string& keys = keystrokes_.front().keys;
    if (::write(keyboard_.get(), keys.data(), keys.size()) < 0) break;
    keystrokes_.pop_front();
  }
}

}  // namespace swapmasq::compat
