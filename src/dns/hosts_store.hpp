// Names and addresses of the hosts files and host-record lines (spec dns-local-data.md sections 3 and 4), indexed both
// ways and built in one pass for hundreds of thousands of names: names live in one arena, records and nodes in arrays,
// and refer to each other by number. Built anew at every reload; in between only files of a hostsdir come and go.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/address.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

class HostsStore {
 public:
  using Source = std::uint16_t;
  static constexpr Source config = 0;                 // host-record; its log source is "config"
  static constexpr std::uint32_t none = 0xffffffffU;  // no record, no name

  // One address of one name.
  class Record {
   public:
    IpAddress address;

   private:
    friend class HostsStore;
    std::uint32_t name_ = none;  // none: a free place
    std::uint32_t next_ = 0;     // of the same name
    Source source_ = config;
    std::uint16_t ttl_ = 0;  // place in ttls_ and one; 0: none of its own
  };

  // With `round_robin` the records of a name start in the order that the reference's have: every record added turns
  // those before it once.
  explicit HostsStore(bool round_robin = true);
  HostsStore(const HostsStore&) = delete;  // the indexes look into this object
  HostsStore& operator=(const HostsStore&) = delete;

  // Where the next records come from; `label` is what the log calls it. Beyond 65535 files the log calls the rest by
  // the name of one of them.
  Source add_source(std::string label);
  // The same for a file that can go again. One that is there already must be removed first.
  Source add_removable_source(const std::string& label);
  // Takes the records of such a file away; how many those were.
  std::size_t remove(const std::string& label);
  // Canonical text. A pair that is there already changes nothing, nor does a name that no query can carry. The first
  // name of an address is the one that it is called by.
  void add(std::string_view name, const IpAddress& address, Source source, std::optional<std::uint32_t> ttl = {});

  // The records of a name in the order of loading. All names are lower case.
  const Record* first(wire::WireName name) const;
  const Record* next(const Record& record) const;
  // The record by which an address is called.
  const Record* by_address(const IpAddress& address) const;
  // Whether the name or anything below it has records.
  bool knows(wire::WireName name) const;

  wire::WireName name(const Record& record) const { return name_of(record.name_); }
  const std::string& source(const Record& record) const { return sources_.at(record.source_); }
  // Of a host-record.
  bool is_configured(const Record& record) const { return record.source_ == config; }
  std::uint32_t ttl(const Record& record, std::uint32_t otherwise) const;
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const auto& record : records_)
      if (record.name_ != none) visit(record);
  }
  // Names without records of their own.
  template <typename Visit>
  void for_each_ancestor(Visit visit) const {
    for (const auto& node : nodes_)
      if (node.first == none) visit(wire::WireName{names_}.substr(node.offset, node.size));
  }

 private:
  struct Node {
    std::uint32_t offset = 0;  // in names_
    std::uint32_t first = none;
    std::uint32_t last = none;
    std::uint8_t size = 0;
  };
  struct ByName {
    using is_transparent = void;
    const HostsStore* store;
    std::size_t operator()(wire::WireName name) const noexcept { return std::hash<wire::WireName>{}(name); }
    std::size_t operator()(std::uint32_t node) const noexcept { return (*this)(store->name_of(node)); }
    wire::WireName key(wire::WireName name) const { return name; }
    wire::WireName key(std::uint32_t node) const { return store->name_of(node); }
    bool operator()(const auto& a, const auto& b) const { return key(a) == key(b); }
  };
  struct ByAddress {
    using is_transparent = void;
    const HostsStore* store;
    std::size_t operator()(const IpAddress& address) const noexcept { return std::hash<IpAddress>{}(address); }
    std::size_t operator()(std::uint32_t record) const noexcept { return (*this)(key(record)); }
    const IpAddress& key(const IpAddress& address) const { return address; }
    const IpAddress& key(std::uint32_t record) const { return store->records_[record].address; }
    bool operator()(const auto& a, const auto& b) const { return key(a) == key(b); }
  };

  wire::WireName name_of(std::uint32_t node) const {
    return wire::WireName{names_}.substr(nodes_[node].offset, nodes_[node].size);
  }
  std::uint32_t node_for(wire::WireName name);
  std::uint32_t place_record(const Record& record);
  Source place_source(std::string label);
  std::uint16_t ttl_place(std::uint32_t ttl);
  // Moves the first record of the family to the end.
  void turn(Node& node, bool v4);
  void add_ancestors(wire::WireName name);
  void unlink(Node& node, std::uint32_t record);
  // Forgets the names that have lost their records.
  void compact();

  bool round_robin_;
  std::string names_;
  std::vector<Node> nodes_;
  std::vector<Record> records_;
  std::vector<std::string> sources_{"config"};
  std::vector<std::uint32_t> ttls_;  // the different ones that records have
  struct Removable {
    Source source = config;
    std::vector<std::uint32_t> records;
  };
  std::unordered_map<std::string, Removable> removable_;     // by label
  std::vector<std::uint32_t>* removable_records_ = nullptr;  // of the file that is being read; null: it stays
  std::vector<std::uint32_t> free_records_;
  std::vector<Source> free_sources_;
  std::size_t emptied_nodes_ = 0;
  // The indexes' nodes are half as large from here as from the heap; a noexcept hash keeps its value out of them.
  std::pmr::unsynchronized_pool_resource index_memory_;
  std::pmr::unordered_set<std::uint32_t, ByName, ByName> by_name_;
  std::pmr::unordered_set<std::uint32_t, ByAddress, ByAddress> by_address_;
};

}  // namespace swapmasq::dns
