#include "app/server_sources.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/socket.h>

#include "app/random.hpp"
#include "base/startup_error.hpp"
#include "dns/upstream_source.hpp"
#include "io/descriptor.hpp"
#include "upstream/source_socket.hpp"

namespace swapmasq::app {

void check_server_sources(const settings::Settings& settings) {
  if (!settings.dns.enabled() || settings.net.binding != settings::Net::Binding::interfaces) return;
  const auto& rules = settings.dns.rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& rule = rules[i].says;
    if (rule.action != settings::DomainRule::Action::forward) continue;
    const auto source = dns::complete_source(dns::source_of(rule), settings.dns);
    if (!source.port) continue;
    const bool v4 = rule.server.address.is_v4();
    const io::Descriptor socket{
        upstream::open_source_socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0, source, random_u32)};
    if (socket) continue;
    const auto* const why = strerror(errno);
    const IpAddress any = v4 ? IpAddress{Ipv4{}} : IpAddress{Ipv6{}};
    throw StartupError(ExitCode::network, fmt::format("failed to bind server socket for {}{}{}: {}",
                                                      source.address.value_or(any).to_string(),
                                                      source.interface.empty() ? "" : " ", source.interface, why));
  }
}

}  // namespace swapmasq::app
