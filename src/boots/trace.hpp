// Keeps the story of the latest network boots of each client, from what the DHCP and TFTP servers tell as it happens.
//
// It owns the stories and no socket, clock or thread. Memory is bounded by Limits: the client that was silent for the
// longest time goes first, then the oldest boot of a client, then the oldest steps of a boot. Whoever does not boot
// from the network costs one look into his message and one look-up.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "boots/story.hpp"
#include "wire/dhcp4_message.hpp"

namespace swapmasq::boots {

struct Limits {
  std::size_t clients = 512;
  std::size_t steps = 16384;  // of all clients
  std::size_t boots = 4;      // of one client
  std::size_t stages = 12;    // of one boot
  std::size_t boot_steps = 256;
};

// A DHCP message that the server looked at.
struct HeardMessage {
  const wire::Dhcp4Message& message;
  HardwareAddress hardware;
  std::string_view interface;
  bool pxe_port = false;
  std::optional<Ipv4> other_server;  // option 54 when it is not this server
};

// A TFTP request that was granted.
struct BegunFile {
  std::uint64_t id = 0;  // of the transfer, never used twice
  IpAddress client;
  unsigned interface_index = 0;
  std::string_view path;
  std::uint64_t size = 0;  // octets
  std::size_t block_size = 512;
  std::uint32_t window = 1;
  bool size_asked = false;
};

struct EndedFile {
  std::uint64_t id = 0;
  FileRequest::Result result = FileRequest::Result::sent;
  std::uint64_t blocks = 0;  // acknowledged
  std::uint32_t retransmissions = 0;
  std::uint16_t error = 0;
  std::string_view text;
};

struct RefusedFile {
  IpAddress client;
  unsigned interface_index = 0;
  std::string_view path;
  FileRequest::Result result = FileRequest::Result::not_found;
  std::string_view text;
};

// Who is behind an address that no DHCP message of late has told: a lease, or the kernel's neighbour table.
class AddressBook {
 public:
  virtual ~AddressBook() = default;
  virtual std::optional<HardwareAddress> hardware_of(const IpAddress& address, unsigned interface_index) const = 0;
};

class BootTrace {
 public:
  // The book is borrowed.
  explicit BootTrace(const AddressBook& book) : BootTrace(book, Limits{}) {}
  BootTrace(const AddressBook& book, Limits limits) : book_(book), limits_(limits) {}

  // Whether there is a story that events of this client can belong to.
  bool knows(const HardwareAddress& hardware) const { return index_.contains(hardware); }

  void heard(const HeardMessage& heard, TimePoint now);
  // About the message that was heard last of this client and transaction.
  void tagged(const HardwareAddress& hardware, std::uint32_t xid, std::string_view tags);
  void answered(const HardwareAddress& hardware, const wire::Dhcp4Message& reply, TimePoint now);
  void turned_away(const HardwareAddress& hardware, std::uint32_t xid, TurnedAway why);

  void began(const BegunFile& file, TimePoint now);
  void ended(const EndedFile& file, TimePoint now);
  void refused(const RefusedFile& file, TimePoint now);

  // Who was active last comes first.
  const std::list<Client>& clients() const { return clients_; }

 private:
  using Position = std::list<Client>::iterator;
  struct Running {
    std::weak_ptr<FileRequest> file;  // may be forgotten meanwhile
    ClientKey client;
  };

  Client* find(const ClientKey& key);
  Client& touch(const ClientKey& key, TimePoint now);
  void note_address(Client& client, const IpAddress& address);
  void forget_address(const Client& client);
  ClientKey key_of(const IpAddress& address, unsigned interface_index, TimePoint now) const;
  Exchange* exchange_of(const HardwareAddress& hardware, std::uint32_t xid);
  Boot& add_boot(Client& client, TimePoint now);
  Boot& boot_for_file(Client& client, TimePoint now);
  void add_step(Boot& boot, Step step, TimePoint now);
  void add_file(const IpAddress& address, unsigned interface_index, const std::shared_ptr<FileRequest>& file,
                TimePoint now);
  void forget_oldest_step(Boot& boot);
  void forget(Position client);
  void keep_limits();

  const AddressBook& book_;
  Limits limits_;
  std::list<Client> clients_;
  std::map<ClientKey, Position> index_;
  std::unordered_map<IpAddress, ClientKey> addresses_;
  std::unordered_map<std::uint64_t, Running> running_;
  std::size_t steps_ = 0;
};

}  // namespace swapmasq::boots
