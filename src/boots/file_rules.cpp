// What became of the files that the client asked for.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "boots/architecture.hpp"
#include "boots/rules.hpp"

namespace swapmasq::boots {

namespace {

using namespace std::chrono_literals;
using Kind = Firmware::Kind;
using Result = FileRequest::Result;

const FileRequest* last_with(const Facts& facts, Result result) {
  const auto* file = facts.last_file();
  return file && file->result == result ? file : nullptr;
}

// iPXE that is given itself has no end; it has to be recognised and given a script.
Explanation boot_loop(const Facts& facts) {
  const auto* last = facts.last_file();
  if (!last || last->result != Result::sent) return std::nullopt;
  const auto again = [&](const Stage& stage) {
    if (stage.firmware.kind != Kind::ipxe) return false;
    return std::ranges::any_of(stage.steps, [&](const Step& step) {
      const auto* file = std::get_if<std::shared_ptr<FileRequest>>(&step);
      return file && (*file)->path == last->path && (*file)->result == Result::sent;
    });
  };
  if (std::ranges::count_if(facts.boot.stages, again) < 2) return std::nullopt;
  return fmt::format("iPXE is given {} again and again; give clients with user class iPXE another boot file",
                     last->path);
}

Explanation no_pxelinux_configuration(const Facts& facts) {
  const auto* file = last_with(facts, Result::not_found);
  if (!file || file->path.find("pxelinux.cfg/") == std::string::npos) return std::nullopt;
  return fmt::format("PXELINUX found no configuration; the last one that it looked for was {}", file->path);
}

Explanation file_missing(const Facts& facts) {
  const auto* file = last_with(facts, Result::not_found);
  if (!file) return std::nullopt;
  return fmt::format("there is no file {}", file->path);
}

Explanation permission(const Facts& facts) {
  const auto* file = last_with(facts, Result::denied);
  if (!file) return std::nullopt;
  return fmt::format("{} may not be read: see its permissions, those of its folders, tftp-secure and tftp-root",
                     file->path);
}

Explanation unreadable(const Facts& facts) {
  const auto* file = last_with(facts, Result::unreadable);
  if (!file) return std::nullopt;
  return fmt::format("{} could not be read: {}", file->path, file->text.empty() ? "it failed under way" : file->text);
}

Explanation request_refused(const Facts& facts) {
  const auto* file = last_with(facts, Result::refused);
  if (!file) return std::nullopt;
  return fmt::format("the client sent a request that is not served: {}", file->text);
}

Explanation client_aborted(const Facts& facts) {
  const auto* file = last_with(facts, Result::client_error);
  if (!file) return std::nullopt;
  return fmt::format("the client stopped {} after {} of {} octets with error {}{}", file->path, file->octets,
                     file->size, file->error, file->text.empty() ? "" : fmt::format(" \"{}\"", file->text));
}

Explanation only_size_asked(const Facts& facts) {
  const auto* file = last_with(facts, Result::size_told);
  if (!file) return std::nullopt;
  return fmt::format("the client learned that {} has {} octets and did not fetch it: it may be too large for it",
                     file->path, file->size);
}

Explanation transfer_never_began(const Facts& facts) {
  const auto* file = last_with(facts, Result::timed_out);
  if (!file || file->octets != 0) return std::nullopt;
  return fmt::format(
      "the client never acknowledged anything of {} (block size {}): a firewall stops the transfer, which uses another "
      "port than 69, or blocks of that size do not arrive",
      file->path, file->block_size);
}

Explanation timeout(const Facts& facts) {
  const auto* file = last_with(facts, Result::timed_out);
  if (!file) return std::nullopt;
  return fmt::format("the client fell silent after {} of {} octets of {}", file->octets, file->size, file->path);
}

Explanation wrong_architecture(const Facts& facts) {
  if (facts.system || !facts.stage->firmware.architecture) return std::nullopt;
  const auto* told = facts.reply();
  const auto* file = facts.last_file();
  const auto path = file && file->result == Result::sent ? file->path : told && !facts.stage_files ? told->file : "";
  if (fits(path, *facts.stage->firmware.architecture) != false) return std::nullopt;
  return fmt::format("{} is not for this client: {}", path, client_text(facts.stage->firmware));
}

constexpr std::array rules{
    Rule{"boot-loop", boot_loop},
    Rule{"no-pxelinux-configuration", no_pxelinux_configuration, 2s},
    Rule{"file-missing", file_missing, 2s},
    Rule{"permission", permission, 2s},
    Rule{"unreadable", unreadable},
    Rule{"request-refused", request_refused},
    Rule{"client-aborted", client_aborted},
    Rule{"only-size-asked", only_size_asked, 10s},
    Rule{"transfer-never-began", transfer_never_began},
    Rule{"timeout", timeout},
    Rule{"wrong-architecture", wrong_architecture, 5s},
};

}  // namespace

std::span<const Rule> rules_about_files() { return rules; }

}  // namespace swapmasq::boots
