#include "wire/dhcp4_reply.hpp"

#include <algorithm>

namespace swapmasq::wire {
namespace {

constexpr std::uint8_t overload_file = 1;
constexpr std::uint8_t overload_sname = 2;
constexpr std::size_t option_head = 2;
constexpr std::size_t slack = 2;  // octets that the reference leaves free behind an option
constexpr std::size_t overload_option = 3;

bool fits(const Writer& area, std::size_t size, std::size_t limit) {
  return area.size() + option_head + size + slack <= limit;
}

void put(Writer& area, std::uint8_t code, ByteView data) {
  area.u8(code);
  area.u8(static_cast<std::uint8_t>(data.size()));
  area.bytes(data);
}

}  // namespace

Dhcp4Reply::Dhcp4Reply(std::size_t limit, Overload overload, ByteView closing)
    : limit_(limit - dhcp4::options_offset),
      may_overload_(overload == Overload::allowed),
      closing_(closing.begin(), closing.end()) {
  if (!closing_.empty()) limit_ -= std::min(limit_, closing_.size() + option_head);
}

void Dhcp4Reply::set_sname(std::string_view name) {
  sname_.roll_back(0);
  sname_.bytes(to_bytes(name.substr(0, dhcp4::sname_size - 1)));
  sname_taken_ = sname_.size() != 0;
}

void Dhcp4Reply::set_file(std::string_view name) {
  file_.roll_back(0);
  file_.bytes(to_bytes(name.substr(0, dhcp4::file_size - 1)));
  file_taken_ = file_.size() != 0;
}

bool Dhcp4Reply::overload_possible() const { return may_overload_ && (!file_taken_ || !sname_taken_); }

void Dhcp4Reply::start_overload(Writer& area, std::uint8_t bit) {
  if (overload_ == 0) {
    put(options_, dhcp4::overload, Bytes{0});
    overload_position_ = options_.size() - 1;
  }
  overload_ |= bit;
  options_.put_u8_at(overload_position_, overload_);
  area.roll_back(0);
}

bool Dhcp4Reply::add(std::uint8_t code, ByteView data) {
  if (data.size() > 255) return false;
  const auto reserved = overload_possible() ? overload_option : 0;
  if (fits(options_, data.size(), limit_ - std::min(limit_, reserved))) {
    put(options_, code, data);
    return true;
  }
  if (!may_overload_) return false;
  if (!file_taken_) {
    if ((overload_ & overload_file) == 0) start_overload(file_, overload_file);
    if (fits(file_, data.size(), dhcp4::file_size)) {
      put(file_, code, data);
      return true;
    }
  }
  if (!sname_taken_) {
    if ((overload_ & overload_sname) == 0) start_overload(sname_, overload_sname);
    if (fits(sname_, data.size(), dhcp4::sname_size)) {
      put(sname_, code, data);
      return true;
    }
  }
  return false;
}

Bytes Dhcp4Reply::finish() {
  if ((overload_ & overload_file) != 0) file_.u8(dhcp4::end);
  if ((overload_ & overload_sname) != 0) sname_.u8(dhcp4::end);
  if (!closing_.empty()) put(options_, dhcp4::agent_information, closing_);
  options_.u8(dhcp4::end);

  Writer out;
  out.u8(header.op);
  out.u8(header.htype);
  out.u8(header.hlen);
  out.u8(header.hops);
  out.u32(header.xid);
  out.u16(header.secs);
  out.u16(header.flags);
  out.ipv4(header.ciaddr);
  out.ipv4(header.yiaddr);
  out.ipv4(header.siaddr);
  out.ipv4(header.giaddr);
  out.bytes(header.chaddr);
  out.padded(sname_.view(), dhcp4::sname_size);
  out.padded(file_.view(), dhcp4::file_size);
  out.bytes(cookie);
  out.bytes(options_.view());
  if (out.size() < dhcp4::minimum_reply_size) out.fill(dhcp4::minimum_reply_size - out.size());
  return out.take();
}

}  // namespace swapmasq::wire
