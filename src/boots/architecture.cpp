#include "boots/architecture.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace swapmasq::boots {

namespace {

enum class Machine { bios, x86, x64, arm32, arm64, other };

struct Row {
  std::uint16_t number;
  Machine machine;
  std::string_view name;
};

constexpr std::array rows{
    Row{0, Machine::bios, "BIOS"},
    Row{6, Machine::x86, "UEFI x86"},
    Row{7, Machine::x64, "UEFI x64"},
    Row{9, Machine::x64, "UEFI EBC or x64"},
    Row{10, Machine::arm32, "UEFI ARM"},
    Row{11, Machine::arm64, "UEFI ARM64"},
    Row{15, Machine::x86, "UEFI x86 HTTP"},
    Row{16, Machine::x64, "UEFI x64 HTTP"},
    Row{18, Machine::arm32, "UEFI ARM HTTP"},
    Row{19, Machine::arm64, "UEFI ARM64 HTTP"},
    Row{20, Machine::bios, "BIOS HTTP"},
    Row{21, Machine::other, "U-Boot ARM"},
    Row{22, Machine::other, "U-Boot ARM64"},
    Row{25, Machine::other, "UEFI RISC-V 32"},
    Row{27, Machine::other, "UEFI RISC-V 64"},
    Row{41, Machine::other, "Raspberry Pi"},
};

const Row* row_of(std::uint16_t number) {
  const auto* const row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.number == number; });
  return row == rows.end() ? nullptr : row;
}

struct Hint {
  std::string_view part;
  Machine machine;
};

// In the names that boot loaders have; looked at in this order.
constexpr std::array efi_hints{
    Hint{"arm64", Machine::arm64}, Hint{"aarch64", Machine::arm64}, Hint{"aa64", Machine::arm64},
    Hint{"arm32", Machine::arm32}, Hint{"bootarm", Machine::arm32}, Hint{"x86_64", Machine::x64},
    Hint{"x86-64", Machine::x64},  Hint{"amd64", Machine::x64},     Hint{"x64", Machine::x64},
    Hint{"efi64", Machine::x64},   Hint{"i386", Machine::x86},      Hint{"ia32", Machine::x86},
    Hint{"efi32", Machine::x86},
};
constexpr std::array<std::string_view, 6> bios_endings{".0", ".kpxe", ".kkpxe", ".pxe", ".com", ".lkrn"};

}  // namespace

std::string_view architecture_name(std::uint16_t architecture) {
  const auto* row = row_of(architecture);
  return row ? row->name : std::string_view{};
}

std::optional<bool> fits(std::string_view path, std::uint16_t architecture) {
  const auto* row = row_of(architecture);
  if (!row || row->machine == Machine::other) return std::nullopt;
  std::string name{path};
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  if (std::any_of(bios_endings.begin(), bios_endings.end(), [&](auto ending) { return name.ends_with(ending); })) {
    return row->machine == Machine::bios;
  }
  if (!name.ends_with(".efi")) return std::nullopt;
  if (row->machine == Machine::bios) return false;
  for (const auto& hint : efi_hints) {
    if (name.find(hint.part) != std::string::npos) return hint.machine == row->machine;
  }
  return std::nullopt;
}

}  // namespace swapmasq::boots
