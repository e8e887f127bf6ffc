// The machines that a scenario can boot: processor, firmware and network card, none with acceleration.
//
// `firmware=` is one of
//   bios        SeaBIOS, which prints to the serial port and with it everything that prints through the BIOS; iPXE in
//   the
//               ROM of an Intel card
//   uefi        EDK II for x86-64 with its own PXE client; also uefi-ia32, uefi-arm64
//   uefi-http   the same, but only its HTTP client boots
// `memory=` is in megabytes, `mac=` and `uuid=` are the machine's.
#pragma once

#include <string>
#include <vector>

#include "script.hpp"

namespace swapmasq::compat {

// Program and arguments; `tap` is the inherited descriptor of the wire. Throws ScriptError for unknown firmware.
std::vector<std::string> qemu_command(const Step& step, int tap);

}  // namespace swapmasq::compat
