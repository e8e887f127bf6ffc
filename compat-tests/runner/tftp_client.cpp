#include "tftp_client.hpp"

#include <array>
#include <fmt/format.h>
#include <string_view>

#include "hex_dump.hpp"
#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::compat {

namespace {

constexpr std::uint16_t op_data = 3;
constexpr std::uint16_t op_ack = 4;
constexpr std::uint16_t op_error = 5;
constexpr std::uint16_t op_oack = 6;
constexpr std::uint16_t tftp_port = 69;
constexpr std::size_t shown_blocks = 4;

std::uint32_t crc32(ByteView octets) {
  std::uint32_t crc = 0xffffffff;
  for (const std::uint8_t octet : octets) {
    crc ^= octet;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

Bytes build_request(const Step& step) {
  wire::Writer out;
  out.u16(static_cast<std::uint16_t>(step.number_or("opcode", 1)));
  out.text_nul(step.word(0));
  out.text_nul(step.argument_or("mode", "octet"));
  // RFC 2347 options in the order of the step.
  for (const auto& [name, value] : step.arguments) {
    for (const std::string_view option : {"blksize", "tsize", "timeout", "windowsize", "multicast"}) {
      if (name != option) continue;
      out.text_nul(name);
      out.text_nul(value);
    }
  }
  return out.take();
}

Bytes build_ack(std::uint16_t block) {
  wire::Writer out;
  out.u16(op_ack);
  out.u16(block);
  return out.take();
}

Bytes build_error(std::uint16_t code, const std::string& text) {
  wire::Writer out;
  out.u16(op_error);
  out.u16(code);
  out.text_nul(text);
  return out.take();
}

class Transfer {
 public:
  Transfer(EventLoop& loop, const Network& network, const Step& step) : loop_(loop), network_(network), step_(step) {
    const Link& link = network.link(step.argument_or("link", ""));
    client_ = Ipv4::parse(step.argument_or("from", link.client.to_string())).value_or(link.client);
    server_ = {Ipv4::parse(step.argument_or("server", link.server.to_string())).value_or(link.server), tftp_port, 0};
    block_size_ = 512;
    socket_ = open_socket();
  }

  std::string run() {
    send_to(socket_, build_request(step_), server_);
    const auto limit = Milliseconds{step_.milliseconds_or("wait", 1500)};
    const std::uint32_t abort_at = step_.number_or("abort", 0);
    const std::uint32_t silent_at = step_.number_or("silent", 0);
    const std::uint32_t stranger_at = step_.number_or("stranger", 0);
    for (std::uint32_t count = 1; !finished_; ++count) {
      const auto packet = loop_.receive(socket_, limit);
      if (!packet) {
        text_ += count == 1 ? "  no reply\n" : "  no further packet\n";
        break;
      }
      const Bytes reply = take(*packet);
      if (count == stranger_at) be_a_stranger(packet->from);
      if (count == abort_at) {
        send_to(socket_, build_error(0, step_.argument_or("abort-text", "TFTP Aborted")), packet->from);
        break;
      }
      if (count == silent_at) {
        await_retransmission();
        break;
      }
      if (!reply.empty()) send_to(socket_, reply, packet->from);
    }
    if (blocks_ > shown_blocks) text_ += fmt::format("  blocks 1 to {}, the last of {} octets\n", blocks_, last_size_);
    if (blocks_ > 0) text_ += fmt::format("  content {} octets, crc32 {:08x}\n", content_.size(), crc32(content_));
    return text_;
  }

 private:
  Fd open_socket() {
    Fd socket;
    network_.in_client([&] {
      socket = bound_socket(SOCK_DGRAM, {client_, static_cast<std::uint16_t>(step_.number_or("from-port", 0)), 0});
    });
    return socket;
  }

  std::string sender(const Endpoint& from) const {
    return fmt::format("{}:{}", from.address.to_string(), from.port == tftp_port ? "69" : "TID");
  }

  // Notes the packet and returns what the protocol answers; nothing for a block inside a window.
  Bytes take(const Datagram& packet) {
    wire::Reader in{packet.octets};
    const auto op = in.u16();
    if (op == op_oack) {
      text_ += fmt::format("  {} OACK\n{}", sender(packet.from), hex_dump(packet.octets, "    "));
      read_oack(in);
      return build_ack(0);
    }
    if (op == op_data) return take_data(packet, in);
    if (op == op_error) {
      const auto code = in.u16();
      const auto message = in.until_nul();
      text_ += fmt::format("  {} ERROR {} \"{}\"\n", sender(packet.from), code.value_or(0),
                           message ? printable(*message) : "");
      text_ += hex_dump(packet.octets, "    ");
    } else {
      text_ += fmt::format("  {} unknown packet\n{}", sender(packet.from), hex_dump(packet.octets, "    "));
    }
    finished_ = true;
    return {};
  }

  Bytes take_data(const Datagram& packet, wire::Reader in) {
    const auto block = in.u16();
    if (!block) return {};
    const ByteView data = in.rest();
    if (blocks_ < shown_blocks) {
      text_ += fmt::format("  {} DATA {} of {} octets\n", sender(packet.from), *block, data.size());
      if (data.size() <= 64) text_ += hex_dump(packet.octets, "    ");
    }
    if (*block != static_cast<std::uint16_t>(blocks_ + 1)) return {};  // seen before
    ++blocks_;
    last_size_ = data.size();
    content_.insert(content_.end(), data.begin(), data.end());
    const bool last = data.size() < block_size_;
    const bool window_full = ++in_window_ >= window_;
    if (!last && !window_full) return {};
    in_window_ = 0;
    finished_ = last;
    if (!last) return build_ack(*block);
    send_to(socket_, build_ack(*block), packet.from);
    return {};
  }

  void read_oack(wire::Reader in) {
    while (const auto name = in.until_nul()) {
      const auto value = in.until_nul();
      if (!value) return;
      if (to_text(*name) == "blksize") block_size_ = parse_number(step_.line, to_text(*value));
      if (to_text(*name) == "windowsize") window_ = parse_number(step_.line, to_text(*value));
    }
  }

  // RFC 1350 section 4: a packet from another source must not disturb the transfer.
  void be_a_stranger(const Endpoint& server) {
    Fd stranger;
    network_.in_client([&] { stranger = bound_socket(SOCK_DGRAM, {client_, 0, 0}); });
    send_to(stranger, build_ack(1), server);
    if (const auto packet = loop_.receive(stranger, Milliseconds{1000})) {
      text_ += fmt::format("  to the stranger:\n{}", hex_dump(packet->octets, "    "));
    } else {
      text_ += "  nothing to the stranger\n";
    }
  }

  void await_retransmission() {
    const auto packet = loop_.receive(socket_, Milliseconds{8000});
    text_ += packet ? "  and again:\n" : "  no retransmission\n";
    if (packet) take(*packet);
  }

  EventLoop& loop_;
  const Network& network_;
  const Step& step_;
  Ipv4 client_;
  Endpoint server_;
  Fd socket_;
  std::size_t block_size_;
  std::size_t window_ = 1;
  std::size_t in_window_ = 0;
  std::size_t blocks_ = 0;
  std::size_t last_size_ = 0;
  Bytes content_;
  bool finished_ = false;
  std::string text_;
};

}  // namespace

std::string run_tftp(EventLoop& loop, const Network& network, const Step& step) {
  return Transfer{loop, network, step}.run();
}

}  // namespace swapmasq::compat
