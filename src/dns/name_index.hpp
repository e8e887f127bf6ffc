// A number for each of very many names. An open table of places (linear probing) over names that stand in one text:
// some forty octets for a name, where a node of std::unordered_map takes more than a hundred.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace swapmasq::dns {

class NameIndex {
 public:
  // Room for so many names with so many octets together.
  void reserve(std::size_t names, std::size_t octets);
  std::optional<std::uint32_t> find(std::string_view name) const;
  // The number that the name has; `number` unless it had one before. Names have at most 255 octets.
  std::uint32_t try_emplace(std::string_view name, std::uint32_t number);
  void erase(std::string_view name);

 private:
  static constexpr std::uint32_t vacant = 0xffffffffU;

  struct Item {
    std::uint32_t name;  // where its length and its text begin
    std::uint32_t number;
  };

  std::string_view name_of(const Item& item) const;
  std::size_t home_of(std::string_view name) const;
  std::size_t after(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  // The slot of the name, or the vacant one where it belongs. There is always a vacant one.
  std::size_t slot_of(std::string_view name) const;
  void resize(std::size_t slots);
  // Forgets the texts of erased names.
  void compact();

  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(16, vacant);  // places in items_; a power of two
  std::vector<Item> items_;
  std::string texts_;
  std::size_t erased_ = 0;
};

}  // namespace swapmasq::dns
