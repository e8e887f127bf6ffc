#include "dns/hosts_loader.hpp"

#include <fmt/format.h>

#include "dns/address_domain.hpp"
#include "log/dns_lines.hpp"

namespace swapmasq::dns {

namespace {

class FileLoader : public HostsSink {
 public:
  FileLoader(const settings::Dns& dns, const net::Interfaces& interfaces, const std::string& path, HostsStore& store,
             HostsStore::Source source, log::Log& log)
      : dns_(dns), interfaces_(interfaces), path_(path), store_(store), log_(log), source_(source) {}

  void load(std::string_view text, const CanonicaliseName& canonicalise) {
    parse_hosts(text, canonicalise, *this);
    log_.write(log::read_names(path_, count_));
  }

  void host(const IpAddress& address, std::string_view name, bool dotted) override {
    if (dns_.expand_hosts && !dotted) {
      // The qualified name comes first: it is the one that the address is called by.
      const auto domain = domain_of(dns_, interfaces_, address);
      if (!domain.empty()) {
        store_.add(fmt::format("{}.{}", name, domain), address, source_);
        ++count_;
      }
    }
    store_.add(name, address, source_);
    ++count_;
  }
  void bad_address(std::size_t line) override { log_.write(log::bad_address(path_, line)); }
  void bad_name(std::size_t line) override { log_.write(log::bad_name(path_, line)); }

 private:
  const settings::Dns& dns_;
  const net::Interfaces& interfaces_;
  const std::string& path_;
  HostsStore& store_;
  log::Log& log_;
  HostsStore::Source source_;
  std::size_t count_ = 0;
};

void load_host_records(const settings::Dns& dns, HostsStore& store) {
  for (const auto& record : dns.host_records) {
    for (const auto& name : record.names) {
      if (record.v4) store.add(name, *record.v4, HostsStore::config, record.ttl);
      if (record.v6) store.add(name, *record.v6, HostsStore::config, record.ttl);
    }
  }
}

}  // namespace

std::unique_ptr<HostsStore> load_hosts(const settings::Dns& dns, const net::Interfaces& interfaces,
                                       std::span<const HostsText> files, const CanonicaliseName& canonicalise,
                                       log::Log& log) {
  auto store = std::make_unique<HostsStore>(!dns.no_round_robin);
  load_host_records(dns, *store);
  for (const auto& file : files) {
    if (!file.text) {
      log.write(log::failed_to_load_names(file.path, file.text.error()));
      continue;
    }
    FileLoader{dns, interfaces, file.path, *store, store->add_source(file.path), log}.load(*file.text, canonicalise);
  }
  return store;
}

void load_dynamic_hosts(const settings::Dns& dns, const net::Interfaces& interfaces, const HostsText& file,
                        const CanonicaliseName& canonicalise, HostsStore& store, log::Log& log) {
  remove_dynamic_hosts(file.path, store, log);
  if (!file.text) {
    log.write(log::failed_to_load_names(file.path, file.text.error()));
    return;
  }
  FileLoader{dns, interfaces, file.path, store, store.add_removable_source(file.path), log}.load(*file.text,
                                                                                                 canonicalise);
}

void remove_dynamic_hosts(const std::string& path, HostsStore& store, log::Log& log) {
  if (const auto flushed = store.remove(path); flushed > 0) log.write(log::flushed_names(path, flushed));
}

}  // namespace swapmasq::dns
