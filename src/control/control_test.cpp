// Server and client over a real socket, the server's loop on a thread of its own.
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <future>
#include <gtest/gtest.h>
#include <optional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>

#include "control/client.hpp"
#include "control/server.hpp"
#include "control/socket_file.hpp"

namespace swapmasq::control {
namespace {

using namespace std::chrono_literals;
using Kind = AskError::Kind;
namespace fs = std::filesystem;

TEST(SocketPath, BesideThePidFile) {
  EXPECT_EQ(socket_path("/run/dnsmasq/dnsmasq.pid"), "/run/dnsmasq/dnsmasq.control");
  EXPECT_EQ(socket_path("/run/dnsmasq-net.pidfile"), "/run/dnsmasq-net.pidfile.control");
  EXPECT_EQ(socket_path(""), "/run/dnsmasq.control");
}

class ControlTest : public testing::Test {
 protected:
  ControlTest() {
    std::string pattern = (fs::temp_directory_path() / "control-test-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ControlTest() override {
    stop();
    fs::remove_all(folder_);
  }

  std::string path() const { return (folder_ / "dnsmasq.control").string(); }

  void serve(Server::Limits limits = {}, bool admit = true) {
    auto file = SocketFile::create(path(), std::nullopt);
    ASSERT_TRUE(file);
    file_.emplace(std::move(*file));
    loop_.emplace();
    server_.emplace(
        *loop_, file_->take_socket(), limits, [admit](uid_t) { return admit; },
        [](std::string_view command) -> Result<std::string> {
          if (command == "long") return std::string(1'000'000, 'x');
          if (command != "hello") return tl::unexpected(std::string{"unknown command"});
          return "hello yourself";
        });
    thread_ = std::thread{[this] { loop_->run(); }};
  }
  void stop() {
    if (!thread_.joinable()) return;
    loop_->post([this] {
      server_.reset();
      loop_->stop();
    });
    thread_.join();
    loop_.reset();
    file_.reset();
  }

  Result<std::string, AskError> ask(std::string_view command) const { return control::ask(path(), command, 20s); }
  // A client that connects, says `text`, and waits.
  io::Descriptor hanging_client(std::string_view text = "") const {
    io::Descriptor fd{::socket(AF_UNIX, SOCK_STREAM, 0)};
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    const void* generic = &address;
    EXPECT_EQ(::connect(fd.get(), static_cast<const sockaddr*>(generic), sizeof address), 0);
    EXPECT_EQ(::send(fd.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return fd;
  }
  static std::string rest_of(const io::Descriptor& fd) {
    std::string text(1000, '\0');
    text.resize(
        static_cast<std::size_t>(std::max<ssize_t>(::recv(fd.get(), text.data(), text.size(), MSG_WAITALL), 0)));
    return text;
  }

  fs::path folder_;
  std::optional<SocketFile> file_;
  std::optional<io::Loop> loop_;
  std::optional<Server> server_;
  std::thread thread_;
};

TEST_F(ControlTest, AnswersOneRequest) {
  serve();
  EXPECT_EQ(ask("hello").value(), "hello yourself");
  EXPECT_EQ(ask("long").value().size(), 1'000'000U);
  EXPECT_EQ(ask("other").error().kind, Kind::refused);
  EXPECT_EQ(ask("other").error().text, "unknown command");
}

TEST_F(ControlTest, RequestsThatAreNone) {
  serve();
  EXPECT_EQ(rest_of(hanging_client("what\n")), "swapmasq-control 1 error malformed request\n");
  EXPECT_EQ(rest_of(hanging_client("swapmasq-control 2 hello\n")),
            "swapmasq-control 1 error this version of the protocol is not spoken\n");
  EXPECT_EQ(rest_of(hanging_client(std::string(128, 'x'))), "swapmasq-control 1 error request too long\n");
  EXPECT_EQ(ask("hello").value(), "hello yourself");
}

TEST_F(ControlTest, SilentClientsAreLeftBehind) {
  serve({.connections = 2, .lifetime = 1s});
  const auto first = hanging_client();
  const auto second = hanging_client("swapmasq");
  const auto third = hanging_client();
  EXPECT_EQ(ask("hello").value(), "hello yourself");
  EXPECT_EQ(rest_of(first), "");
  EXPECT_EQ(rest_of(second), "");
}

TEST_F(ControlTest, WhoMayNotAsk) {
  serve({}, false);
  const auto answer = ask("hello");
  EXPECT_EQ(answer.error().kind, Kind::refused);
  EXPECT_EQ(answer.error().text, "permission denied");
}

TEST_F(ControlTest, NobodyThere) {
  EXPECT_EQ(ask("hello").error().kind, Kind::absent);
  serve();
  stop();
  EXPECT_FALSE(fs::exists(path()));
}

TEST_F(ControlTest, NoAnswerInTime) {
  const auto file = SocketFile::create(path(), std::nullopt);
  ASSERT_TRUE(file);
  EXPECT_EQ(control::ask(path(), "hello", 1s).error().kind, Kind::silent);
}

TEST_F(ControlTest, SomethingElseAnswers) {
  auto file = SocketFile::create(path(), std::nullopt);
  const auto listener = file->take_socket();
  auto answer = std::async(std::launch::async, [this] { return ask("hello"); });
  io::Descriptor peer;
  while (!peer) peer = io::Descriptor{::accept(listener.get(), nullptr, nullptr)};
  const std::string_view text = "220 mail.example ESMTP\n";
  EXPECT_EQ(::send(peer.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  ::shutdown(peer.get(), SHUT_WR);
  EXPECT_EQ(answer.get().error().kind, Kind::other_version);
}

TEST_F(ControlTest, TheFileIsItsOwnersAlone) {
  auto file = SocketFile::create(path(), std::nullopt);
  ASSERT_TRUE(file);
  EXPECT_EQ(fs::status(path()).permissions(), fs::perms{0600});
  file->remove();
  EXPECT_FALSE(fs::exists(path()));
}

TEST_F(ControlTest, AStaleSocketIsReplaced) {
  {
    auto file = SocketFile::create(path(), std::nullopt);
    ASSERT_TRUE(file);
    fs::rename(path(), path() + ".kept");
  }
  fs::rename(path() + ".kept", path());
  EXPECT_TRUE(SocketFile::create(path(), std::nullopt));
}

TEST_F(ControlTest, ALiveOneIsNot) {
  const auto file = SocketFile::create(path(), std::nullopt);
  ASSERT_TRUE(file);
  const auto second = SocketFile::create(path(), std::nullopt);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), EADDRINUSE);
  EXPECT_TRUE(fs::exists(path()));
}

TEST_F(ControlTest, NorIsAnyOtherFile) {
  std::ofstream{path()} << "precious";
  EXPECT_EQ(SocketFile::create(path(), std::nullopt).error(), EADDRINUSE);
  EXPECT_EQ(fs::file_size(path()), 8U);
  fs::remove(path());
  fs::create_symlink(folder_ / "elsewhere", path());
  EXPECT_EQ(SocketFile::create(path(), std::nullopt).error(), EADDRINUSE);
  EXPECT_FALSE(fs::exists(folder_ / "elsewhere"));
}

TEST_F(ControlTest, OnlyTheOwnFileIsRemoved) {
  auto file = SocketFile::create(path(), std::nullopt);
  ASSERT_TRUE(file);
  fs::rename(path(), path() + ".first");
  const auto other = SocketFile::create(path(), std::nullopt);
  ASSERT_TRUE(other);
  file->remove();
  EXPECT_TRUE(fs::exists(path()));
}

TEST_F(ControlTest, PathsThatCannotBe) {
  EXPECT_EQ(SocketFile::create((folder_ / "missing" / "x").string(), std::nullopt).error(), ENOENT);
  EXPECT_EQ(SocketFile::create(std::string(200, 'x'), std::nullopt).error(), ENAMETOOLONG);
}

}  // namespace
}  // namespace swapmasq::control
