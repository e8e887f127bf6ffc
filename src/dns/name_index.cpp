#include "dns/name_index.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

namespace swapmasq::dns {

std::string_view NameIndex::name_of(const Item& item) const {
  const auto length = static_cast<unsigned char>(texts_[item.name]);
  return std::string_view{texts_}.substr(item.name + 1, length);
}

std::size_t NameIndex::home_of(std::string_view name) const {
  return std::hash<std::string_view>{}(name) & (slots_.size() - 1);
}

std::size_t NameIndex::slot_of(std::string_view name) const {
  auto slot = home_of(name);
  while (slots_[slot] != vacant && name_of(items_[slots_[slot]]) != name) slot = after(slot);
  return slot;
}

std::optional<std::uint32_t> NameIndex::find(std::string_view name) const {
  const auto place = slots_[slot_of(name)];
  if (place == vacant) return std::nullopt;
  return items_[place].number;
}

std::uint32_t NameIndex::try_emplace(std::string_view name, std::uint32_t number) {
  auto slot = slot_of(name);
  if (slots_[slot] != vacant) return items_[slots_[slot]].number;
  if ((items_.size() + 1) * 4 > slots_.size() * 3) {
    resize(slots_.size() * 2);
    slot = slot_of(name);
  }
  slots_[slot] = static_cast<std::uint32_t>(items_.size());
  items_.push_back({static_cast<std::uint32_t>(texts_.size()), number});
  texts_.push_back(static_cast<char>(name.size()));
  texts_ += name;
  return number;
}

void NameIndex::erase(std::string_view name) {
  auto hole = slot_of(name);
  if (slots_[hole] == vacant) return;
  items_[slots_[hole]].number = vacant;
  // Names behind it that would rather stand here, or nearer to here, move up.
  for (auto slot = after(hole); slots_[slot] != vacant; slot = after(slot)) {
    const auto mask = slots_.size() - 1;
    const auto home = home_of(name_of(items_[slots_[slot]]));
    if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
    slots_[hole] = slots_[slot];
    hole = slot;
  }
  slots_[hole] = vacant;
  if (++erased_ > items_.size() / 2) compact();
}

void NameIndex::reserve(std::size_t names, std::size_t octets) {
  items_.reserve(names);
  texts_.reserve(names + octets);
  if (const auto slots = std::bit_ceil(names * 2); slots > slots_.size()) resize(slots);
}

void NameIndex::resize(std::size_t slots) {
  slots_.assign(slots, vacant);
  for (std::uint32_t place = 0; place < items_.size(); ++place) {
    if (items_[place].number != vacant) slots_[slot_of(name_of(items_[place]))] = place;
  }
}

void NameIndex::compact() {
  const auto items = std::exchange(items_, {});
  const auto texts = std::exchange(texts_, {});
  std::ranges::fill(slots_, vacant);
  erased_ = 0;
  for (const auto& item : items) {
    if (item.number == vacant) continue;
    const auto length = static_cast<unsigned char>(texts[item.name]);
    try_emplace(std::string_view{texts}.substr(item.name + 1, length), item.number);
  }
}

}  // namespace swapmasq::dns
