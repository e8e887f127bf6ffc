#include "wire/writer.hpp"

#include <algorithm>
#include <array>

namespace swapmasq::wire {

namespace {

// Mostly a question is written first, and an address and an OPT behind it: no need to move it then.
constexpr std::size_t usual_rest = 64;

}  // namespace

bool Writer::bytes(ByteView octets) {
  if (octets.size() > room()) return false;
  if (buffer_.capacity() == 0) buffer_.reserve(octets.size() + usual_rest);
  buffer_.insert(buffer_.end(), octets.begin(), octets.end());
  return true;
}

bool Writer::u8(std::uint8_t value) { return bytes(std::array{value}); }

bool Writer::u16(std::uint16_t value) {
  return bytes(std::array{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)});
}

bool Writer::u32(std::uint32_t value) { return bytes(Ipv4{value}.octets()); }

bool Writer::fill(std::size_t count, std::uint8_t value) {
  if (count > room()) return false;
  buffer_.insert(buffer_.end(), count, value);
  return true;
}

bool Writer::text(std::string_view text) {
  if (text.size() > room()) return false;
  buffer_.insert(buffer_.end(), text.begin(), text.end());
  return true;
}

bool Writer::text_nul(std::string_view text) {
  if (text.size() >= room()) return false;
  buffer_.insert(buffer_.end(), text.begin(), text.end());
  buffer_.push_back(0);
  return true;
}

bool Writer::padded(ByteView octets, std::size_t width) {
  if (width > room()) return false;
  const auto kept = octets.first(std::min(octets.size(), width));
  return bytes(kept) && fill(width - kept.size());
}

bool Writer::put_u8_at(std::size_t position, std::uint8_t value) {
  if (position >= buffer_.size()) return false;
  buffer_[position] = value;
  return true;
}

bool Writer::put_u16_at(std::size_t position, std::uint16_t value) {
  if (buffer_.size() < 2 || position > buffer_.size() - 2) return false;
  buffer_[position] = static_cast<std::uint8_t>(value >> 8);
  buffer_[position + 1] = static_cast<std::uint8_t>(value);
  return true;
}

void Writer::roll_back(std::size_t size) { buffer_.resize(std::min(size, buffer_.size())); }

void Writer::set_limit(std::size_t limit) { limit_ = std::max(limit, buffer_.size()); }

}  // namespace swapmasq::wire
