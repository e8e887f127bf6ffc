#include "config/auxiliary_files.hpp"

#include <algorithm>
#include <utility>

#include "base/result.hpp"
#include "config/draft.hpp"
#include "config/location.hpp"
#include "grammar/arguments/dhcp_host.hpp"
#include "grammar/arguments/dhcp_option.hpp"
#include "grammar/arguments/server.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/line.hpp"
#include "grammar/name.hpp"

namespace swapmasq::config {

namespace {

constexpr std::uint8_t ethernet = 1;
constexpr std::size_t ethernet_octets = 6;
constexpr std::string_view white_space = " \t\r\n\v\f";

// Calls visit(line, number) for each line, counted from 1.
template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = text.substr(0, text.find('\n'));
    visit(line.substr(0, line.find('\0')), number);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

// Calls accept(line), which returns Result<void>, and reports what it refuses.
template <typename Accept>
void read_lines(const AuxiliaryFile& file, const RefusedLine& refused, Accept accept) {
  for_each_line(file.text, [&](std::string_view line, std::size_t number) {
    const Result<void> accepted = accept(line);
    if (accepted) return;
    refused(framed({Location::Source::file, file.path, static_cast<unsigned>(number)}, accepted.error()));
  });
}

// The same with lines that are the argument of an option.
template <typename Accept>
void read_arguments(const AuxiliaryFile& file, const RefusedLine& refused, Accept accept) {
  read_lines(file, refused, [&](std::string_view line) -> Result<void> {
    const auto argument = grammar::lex_line(line);
    if (!argument) return tl::unexpected(argument.error());
    return argument->empty() ? Result<void>{} : accept(*argument);
  });
}

Result<std::vector<settings::DomainRule>> rules_of(const grammar::Directive& directive, const grammar::Lookup& lookup) {
  const auto argument = directive.argument.value_or("");
  if (directive.option == grammar::Option::server) return grammar::parse_server(argument, lookup);
  if (directive.option == grammar::Option::rev_server) return grammar::parse_rev_server(argument, lookup);
  return grammar::refused("illegal option");
}

Result<settings::DhcpHost, EthersFault> read_ethers_line(std::string_view line) {
  const auto hardware_end = std::min(line.find_first_of(white_space), line.size());
  const auto octets = grammar::hex_octets(line.substr(0, hardware_end));
  auto rest = line.substr(hardware_end);
  rest.remove_prefix(std::min(rest.find_first_not_of(white_space), rest.size()));
  if (!octets || octets->size() < ethernet_octets || rest.empty()) return tl::unexpected(EthersFault::line);

  settings::DhcpHost host;
  host.ignore_client_id = true;
  auto& hardware = host.hardware.emplace_back();
  hardware.type = ethernet;
  for (std::size_t i = 0; i < ethernet_octets; ++i) hardware.octets.emplace_back((*octets)[i].value_or(0));
  if (rest.find_first_not_of("0123456789.") == std::string_view::npos) {
    host.address = Ipv4::parse(rest);
    if (!host.address) return tl::unexpected(EthersFault::address);
  } else {
    auto name = grammar::canonical_host_name(rest);
    if (!name) return tl::unexpected(EthersFault::name);
    host.name = *std::move(name);
  }
  return host;
}

}  // namespace

void read_dhcp_hosts(const AuxiliaryFile& file, const std::function<bool(settings::DhcpHost)>& take,
                     const RefusedLine& refused) {
  read_arguments(file, refused, [&](const std::string& argument) -> Result<void> {
    auto host = grammar::parse_dhcp_host(argument);
    if (!host) return tl::unexpected(host.error());
    const auto address = host->address.value_or(Ipv4{});
    if (!take(*std::move(host))) return grammar::refused(duplicate_host_address(address));
    return {};
  });
}

std::vector<settings::DhcpOption> read_dhcp_options(const AuxiliaryFile& file, const RefusedLine& refused) {
  std::vector<settings::DhcpOption> options;
  read_arguments(file, refused, [&](const std::string& argument) -> Result<void> {
    auto option = grammar::parse_dhcp_option(argument);
    if (!option) return tl::unexpected(option.error());
    options.push_back(*std::move(option));
    return {};
  });
  return options;
}

std::vector<settings::DomainRule> read_servers(const AuxiliaryFile& file, const grammar::Lookup& lookup,
                                               const RefusedLine& refused) {
  std::vector<settings::DomainRule> rules;
  read_lines(file, refused, [&](std::string_view line) -> Result<void> {
    const auto directive = grammar::read_line(line);
    if (!directive) return tl::unexpected(directive.error());
    if (!*directive) return {};
    auto read = rules_of(**directive, lookup);
    if (!read) return tl::unexpected(read.error());
    std::ranges::move(*read, std::back_inserter(rules));
    return {};
  });
  return rules;
}

std::size_t read_ethers(std::string_view text, const std::function<bool(settings::DhcpHost)>& take,
                        const std::function<void(EthersFault fault, std::size_t line)>& refused) {
  std::size_t taken = 0;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    line = line.substr(0, line.find_last_not_of(white_space) + 1);
    if (line.empty() || line.starts_with('#') || line.starts_with('+')) return;
    auto host = read_ethers_line(line);
    if (!host) {
      refused(host.error(), number);
    } else if (take(*std::move(host))) {
      ++taken;
    } else {
      refused(EthersFault::duplicate, number);
    }
  });
  return taken;
}

}  // namespace swapmasq::config
