#include "firmware.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <map>

namespace swapmasq::compat {

namespace {

using Words = std::vector<std::string>;

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

Words flash(int unit, const std::string& image, const char* access) {
  return {"-drive", fmt::format("if=pflash,format=raw,unit={},{},file=/usr/share/OVMF/{}", unit, access, image)};
}

// Debian 12 has it only with secure boot, which wants memory that the system management mode protects.
Words machine_ia32() {
  Words words{"qemu-system-i386", "-machine"};
  if (std::filesystem::exists("/usr/share/OVMF/OVMF32_CODE_4M.fd")) {
    words.emplace_back("q35");
    append(words, flash(0, "OVMF32_CODE_4M.fd", "readonly=on"));
  } else {
    append(words, {"q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on"});
    append(words, flash(0, "OVMF32_CODE_4M.secboot.fd", "readonly=on"));
  }
  append(words, flash(1, "OVMF32_VARS_4M.fd", "snapshot=on"));
  return words;
}

const Words& machine(const Step& step, const std::string& firmware) {
  static const Words x64{"qemu-system-x86_64", "-machine", "q35", "-bios", "/usr/share/ovmf/OVMF.fd"};
  static const Words http = [] {
    Words words = x64;
    for (const char* version : {"IPv4", "IPv6"}) {
      append(words, {"-fw_cfg", fmt::format("name=opt/org.tianocore/{}PXESupport,string=n", version)});
    }
    return words;
  }();
  static const Words ia32 = machine_ia32();
  static const Words arm64{
      "qemu-system-aarch64", "-machine", "virt", "-cpu", "max", "-bios", "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"};
  static const std::map<std::string, Words> machines{
      {"bios", {"qemu-system-x86_64", "-machine", "pc,graphics=off", "-boot", "n"}},
      {"uefi", x64},
      {"uefi-http", http},
      {"uefi-ia32", ia32},
      {"uefi-arm64", arm64}};
  const auto found = machines.find(firmware);
  if (found == machines.end()) throw ScriptError(step.line, "unknown firmware " + firmware);
  return found->second;
}

}  // namespace

std::vector<std::string> qemu_command(const Step& step, int tap) {
  const std::string firmware = step.argument_or("firmware", "bios");
  const bool bios = firmware == "bios";
  const std::string mac = step.argument_or("mac", "52:54:00:12:34:56");
  Words words = machine(step, firmware);
  append(words, {"-m", step.argument_or("memory", bios ? "128" : "256")});
  if (bios) {
    append(words, {"-device", "e1000,netdev=lan,mac=" + mac});
  } else {
    // Without the card's ROM the firmware's own client boots; newer ones refuse to without a source of randomness.
    append(words,
           {"-device", "virtio-net-pci,netdev=lan,bootindex=1,romfile=,mac=" + mac, "-device", "virtio-rng-pci"});
  }
  // Memtest86+ runs on a screen only.
  if (!bios && firmware != "uefi-arm64") append(words, {"-device", "VGA"});
  append(words, {"-accel", "tcg", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"});
  append(words, {"-uuid", step.argument_or("uuid", "564d1c0a-0000-4000-8000-525400123456"), "-serial", "stdio"});
  append(words, {"-netdev", fmt::format("tap,id=lan,fd={}", tap)});
  return words;
}

}  // namespace swapmasq::compat
