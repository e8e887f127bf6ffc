#include "player.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/socket.h>

#include "dhcp_message.hpp"
#include "dns_message.hpp"
#include "hex_dump.hpp"
#include "normalise.hpp"
#include "tftp_client.hpp"

namespace swapmasq::compat {

namespace {

constexpr Milliseconds start_limit{5000};
constexpr Milliseconds end_limit{5000};
constexpr MacAddress broadcast_mac{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

std::string read_file(const std::string& path) {
  std::ifstream in{path};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string indented(const std::string& text) {
  std::string result;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    if (!names_own_file(line)) result += "  " + normalise_line(line) + "\n";
  }
  return result;
}

std::string normalised(const std::string& text) {
  std::string result;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) result += normalise_line(line) + "\n";
  return result;
}

// `address` or `address:port`
Endpoint endpoint(const Step& step, const std::string& text, Ipv4 default_address, std::uint16_t default_port) {
  const std::size_t colon = text.find(':');
  const std::string host = text.substr(0, colon);
  const auto address = host.empty() ? std::optional{default_address} : Ipv4::parse(host);
  if (!address) throw ScriptError(step.line, "not an address: " + text);
  const auto port = colon == std::string::npos ? default_port : parse_number(step.line, text.substr(colon + 1));
  return {*address, static_cast<std::uint16_t>(port), 0};
}

std::string endpoint_text(const Endpoint& endpoint) {
  return fmt::format("{}:{}", endpoint.address.to_string(), endpoint.port);
}

// Which lines belong to which start.
std::string mark_start(const Step& step, const std::string& text) { return "-- " + step.written + "\n" + text; }

// Whether a program wrote anything, marks aside.
bool says_something(const std::string& text) {
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("-- ")) return true;
  }
  return false;
}

std::set<int> masked_options(const Step& step) {
  std::set<int> result;
  std::istringstream numbers{step.argument_or("mask", "")};
  for (std::string number; std::getline(numbers, number, ',');) {
    result.insert(static_cast<int>(parse_number(step.line, number)));
  }
  return result;
}

// The ports that DHCP servers send from: RFC 2131, PXE, dhcp-alternate-port.
bool from_dhcp_server(const UdpFrame& frame) {
  return frame.source.port == 67 || frame.source.port == 4011 || frame.source.port == 1067;
}

MacAddress mac_of(const Step& step, const std::string& text) {
  const Bytes octets = parse_hex(text);
  MacAddress mac{};
  if (octets.size() != mac.size()) throw ScriptError(step.line, "not an Ethernet address: " + text);
  std::copy(octets.begin(), octets.end(), mac.begin());
  return mac;
}

}  // namespace

Player::Player(std::string program, bool show)
    : runner_voice_(show, "start"),
      server_voice_(show, "server"),
      pc_voice_(show, "PC"),
      server_(loop_, std::move(program), [this](const std::string& text) { server_voice_.say(text); }),
      upstream_(loop_, [this](const std::string& text) { note(text); }),
      syslog_(checked(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), "syslog socket")) {
  listen_syslog(syslog_, "/dev/log");
  std::filesystem::permissions("/dev/log", std::filesystem::perms{0666});
  loop_.watch(syslog_, [this] { take_log_datagram(); });
}

void Player::take_log_datagram() {
  std::array<char, 8192> buffer{};
  const ssize_t got = ::recv(syslog_.get(), buffer.data(), buffer.size(), 0);
  if (got <= 0) return;
  const std::string line{buffer.data(), static_cast<std::size_t>(got)};
  server_voice_.say(line.substr(std::min(line.find("dnsmasq"), line.size())) + "\n");
  log_ += normalise_line(line) + "\n";
}

std::string Player::play(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.verb == "needs") continue;  // was looked at before the sandbox was made
    note("> " + step.written + "\n");
    play_step(step);
  }
  finish();
  std::string outcome = "== steps\n" + steps_text_;
  const std::string log = booted_ ? normalise_netboot_log(log_) : log_;
  if (says_something(log)) outcome += "== system log\n" + log;
  const std::string errors = normalised(server_.take_errors());
  if (says_something(errors)) outcome += "== standard error\n" + (booted_ ? normalise_netboot_log(errors) : errors);
  const std::string output = normalised(server_.take_output());
  if (!output.empty()) outcome += "== standard output\n" + output;
  return outcome;
}

void Player::play_step(const Step& step) {
  struct Verb {
    std::string_view name;
    void (Player::*play)(const Step&);
  };
  static constexpr std::array<Verb, 18> verbs{{{"link", &Player::link},
                                               {"tap", &Player::tap},
                                               {"sh", &Player::shell},
                                               {"client-sh", &Player::shell},
                                               {"occupy", &Player::occupy},
                                               {"upstream", &Player::upstream},
                                               {"answer", &Player::answer},
                                               {"start", &Player::start},
                                               {"dhcp", &Player::dhcp},
                                               {"tftp", &Player::tftp},
                                               {"dns", &Player::dns},
                                               {"udp", &Player::udp},
                                               {"boot", &Player::boot},
                                               {"signal", &Player::signal},
                                               {"wait", &Player::wait},
                                               {"expect-exit", &Player::expect_exit},
                                               {"file", &Player::file},
                                               {"leases", &Player::leases}}};
  const auto* const found =
      std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == step.verb; });
  if (found == verbs.end()) throw ScriptError(step.line, "unknown step " + step.verb);
  try {
    (this->*found->play)(step);
  } catch (const ScriptError&) {
    throw;
  } catch (const std::exception& error) {
    throw ScriptError(step.line, error.what());
  }
}

void Player::link(const Step& step) {
  const std::string client = step.words.size() > 2 ? step.word(2) : "";
  const Link& link = network_.add_link(step.word(0), step.word(1), client);
  packet_sockets_.emplace_back(link.name, std::make_unique<PacketSocket>(network_, link));
}

void Player::tap(const Step& step) {
  tap_ = step.words.size() > 2 ? network_.add_tap_on_link(step.word(0), step.word(1), step.word(2))
                               : network_.add_tap(step.word(0), step.word(1));
}

void Player::shell(const Step& step) {
  std::string output;
  ::setenv("SERVER_PID", std::to_string(server_.pid()).c_str(), 1);
  if (step.verb == "sh") {
    output = run_shell(step.rest);
  } else {
    network_.in_client([&] { output = run_shell(step.rest); });
  }
  note(indented(output));
}

void Player::occupy(const Step& step) {
  const bool udp = step.word(0) == "udp";
  Fd socket = bound_socket(udp ? SOCK_DGRAM : SOCK_STREAM, endpoint(step, step.word(1), {}, 0));
  if (!udp) checked(::listen(socket.get(), 1), "listen");
  occupied_.push_back(std::move(socket));
}

void Player::upstream(const Step& step) {
  const Endpoint at = endpoint(step, step.word(0), {}, 53);
  upstream_.listen(network_, at.address.v4(), at.port);
}

void Player::answer(const Step& step) { upstream_.add_row(step); }

bool Player::started(const std::string& log_file) const {
  constexpr std::string_view line = "started, version";
  return log_.find(line) != std::string::npos || server_.errors().find(line) != std::string::npos ||
         (!log_file.empty() && read_file(log_file).find(line) != std::string::npos);
}

void Player::start(const Step& step) {
  if (server_.pid() != 0) throw ScriptError(step.line, "the server that was started before still runs");
  const std::string log_file = step.argument_or("log", "");
  const std::string earlier_log = std::exchange(log_, {});
  const std::string earlier_errors = server_.take_errors();
  runner_voice_.say("dnsmasq " + step.rest + "\n");
  server_.start(step.words, step.argument_or("directory", "/"), step.argument_or("as", ""));
  loop_.run(start_limit, [&] { return server_.starter_ended() || started(log_file); });
  // A program that goes into the background logs that it started before its first process returns.
  loop_.run(Milliseconds{300}, [&] { return server_.starter_ended(); });
  loop_.settle();
  log_ = earlier_log + mark_start(step, log_);
  server_.put_back_errors(earlier_errors + mark_start(step, server_.take_errors()));
  note(fmt::format("  {}\n", server_.starter_end()));
}

void Player::dhcp(const Step& step) {
  const Link& link = network_.link(step.argument_or("link", ""));
  const auto socket_on = [&](const std::string& name) -> PacketSocket& {
    return *std::find_if(packet_sockets_.begin(), packet_sockets_.end(), [&](const auto& entry) {
              return entry.first == name;
            })->second;
  };
  const std::string ciaddr = step.argument_or("ciaddr", "0.0.0.0");
  const bool unicast = step.has_word("unicast");
  UdpFrame request;
  request.source = endpoint(step, step.argument_or("from", unicast ? ciaddr : "0.0.0.0"), {}, 68);
  request.destination =
      endpoint(step, step.argument_or("to", unicast ? link.server.to_string() : "255.255.255.255"), {}, 67);
  request.source_mac = mac_of(step, step.argument_or("mac", "02:00:00:00:00:01").substr(0, 17));
  request.destination_mac = unicast ? link.server_mac : broadcast_mac;
  request.payload = build_dhcp(step);

  std::string replies;
  PacketSocket& packets = socket_on(network_.link(step.argument_or("seen", link.name)).name);
  loop_.watch(packets.fd(), [&] {
    const auto frame = packets.receive();
    if (!frame || !from_dhcp_server(*frame)) return;
    replies += fmt::format("  {} -> {}, Ethernet {} -> {}, tos {:02x}, {} octets\n", endpoint_text(frame->source),
                           endpoint_text(frame->destination), to_hex(frame->source_mac), to_hex(frame->destination_mac),
                           frame->tos, frame->payload.size());
    replies += describe_dhcp(frame->payload, masked_options(step));
  });
  socket_on(link.name).send(request);
  loop_.run(Milliseconds{step.milliseconds_or("wait", 4500)}, [&] { return !replies.empty(); });
  loop_.settle();
  loop_.forget(packets.fd());
  note(replies.empty() ? "  no reply\n" : replies);
}

void Player::tftp(const Step& step) {
  note(run_tftp(loop_, network_, step));
  loop_.settle();
}

void Player::dns(const Step& step) {
  const Link& link = network_.link(step.argument_or("link", ""));
  const Endpoint server = endpoint(step, step.argument_or("server", ""), link.server, 53);
  const Endpoint local = endpoint(step, step.argument_or("from", ""), link.client, 0);
  const Milliseconds limit{step.milliseconds_or("wait", 3000)};
  const Bytes query = build_dns_query(step);
  const DnsMasks masks{.ttl = step.has_word("mask-ttl"), .id = false, .order = step.has_word("any-order")};
  std::string reply_text = "  no reply\n";
  if (step.has_word("tcp")) {
    Fd connection;
    network_.in_client([&] { connection = connect_tcp(local, server, static_cast<int>(limit.count())); });
    send_dns_stream(connection, query);
    // The server may have to ask our own upstream first, so the loop runs until its reply can be read.
    std::optional<Bytes> reply;
    loop_.watch(connection, [&] { reply = receive_dns_stream(connection, 1000); });
    loop_.run(limit, [&] { return reply.has_value(); });
    loop_.forget(connection);
    if (reply && reply->empty()) reply_text = "  connection closed\n";
    if (reply && !reply->empty()) {
      reply_text = fmt::format("  reply of {} octets\n{}", reply->size(), describe_dns(*reply, masks));
    }
  } else {
    Fd socket;
    network_.in_client([&] { socket = bound_socket(SOCK_DGRAM, local); });
    send_to(socket, query, server);
    if (const auto reply = loop_.receive(socket, limit)) {
      reply_text = fmt::format("  reply from {}, {} octets\n{}", endpoint_text(reply->from), reply->octets.size(),
                               describe_dns(reply->octets, masks));
    }
  }
  // What upstream is asked on account of this question stands before the reply, whichever came first.
  loop_.settle();
  note(reply_text);
}

void Player::udp(const Step& step) {
  const Link& link = network_.link(step.argument_or("link", ""));
  const Endpoint to = endpoint(step, step.argument_or("to", ""), link.server, 0);
  const Endpoint local = endpoint(step, step.argument_or("from", ""), link.client, 0);
  Fd socket;
  network_.in_client([&] { socket = bound_socket(SOCK_DGRAM, local); });
  const auto text = step.argument("text");
  send_to(socket, text ? to_bytes(*text) : parse_hex(step.words.empty() ? "" : step.word(0)), to);
  const auto reply = loop_.receive(socket, Milliseconds{step.milliseconds_or("wait", 1000)});
  note(reply
           ? fmt::format("  reply from {}{}\n{}", reply->from.address.to_string(),
                         reply->from.port == to.port ? ", same port" : ", other port", hex_dump(reply->octets, "    "))
           : "  no reply\n");
  loop_.settle();
}

void Player::boot(const Step& step) {
  if (!tap_) throw ScriptError(step.line, "needs a tap");
  if (server_.pid() == 0) throw ScriptError(step.line, "no server runs");
  booted_ = true;
  VirtualPc pc{loop_, step, *tap_, [this](const std::string& text) { pc_voice_.say(text); }};
  const auto shows = [&](const std::string& text) { return pc.screen().find(text) != std::string::npos; };
  const std::string last = step.words.empty() ? "" : step.words.back();
  loop_.run(Milliseconds{step.milliseconds_or("limit", 240'000)}, [&] { return shows(last) || pc.ended(); });
  loop_.settle(Milliseconds{500});
  pc_voice_.finish();
  for (const std::string& text : step.words) {
    note(fmt::format("  console {} \"{}\"\n", shows(text) ? "shows" : "does not show", text));
  }
}

void Player::signal(const Step& step) {
  static constexpr std::array<std::pair<std::string_view, int>, 6> names{
      {{"HUP", SIGHUP}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"TERM", SIGTERM}, {"INT", SIGINT}, {"ALRM", SIGALRM}}};
  for (const auto& [name, number] : names) {
    if (step.word(0) == name) server_.signal(number);
  }
  loop_.settle(Milliseconds{200});
}

void Player::wait(const Step& step) {
  double seconds = 0;
  const std::string& text = step.word(0);
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  loop_.run(Milliseconds{static_cast<long>(seconds * 1000)}, [] { return false; });
}

void Player::expect_exit(const Step&) {
  note(fmt::format("  {}\n", server_.wait_for_end(end_limit)));
  loop_.settle();
}

void Player::file(const Step& step) {
  note(std::filesystem::exists(step.word(0)) ? indented(read_file(step.word(0))) : "  no such file\n");
}

void Player::leases(const Step& step) {
  const std::string path = step.words.empty() ? "/var/lib/misc/dnsmasq.leases" : step.word(0);
  note(std::filesystem::exists(path) ? indented(normalise_leases(read_file(path), std::time(nullptr)))
                                     : "  no such file\n");
}

void Player::finish() {
  loop_.settle();
  if (server_.pid() == 0) return;
  note("> end\n");
  server_.signal(SIGTERM);
  note(fmt::format("  {}\n", server_.wait_for_end(end_limit)));
  loop_.settle();
}

}  // namespace swapmasq::compat
