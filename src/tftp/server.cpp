#include "tftp/server.hpp"

#include <algorithm>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>
#include <utility>
#include <vector>

#include "log/tftp_lines.hpp"
#include "tftp/opening.hpp"
#include "tftp/transfer.hpp"

namespace swapmasq::tftp {

namespace {

using wire::TftpErrorCode;
using wire::TftpOpcode;

// A transfer with all that ties it to its client.
struct Session {
  TransferId id{};
  Route route;
  std::string interface;  // its name
  std::string client;
  std::string path;
  std::string shown_path;  // as log lines have it
  std::uint64_t size = 0;  // of the file, in octets
  Transfer transfer;
};

struct Entry {
  TransferId id{};
  Endpoint peer;
  // When the session is due, and then the newest first, as in dnsmasq's list.
  std::pair<TimePoint, std::uint64_t> turn;
  std::unique_ptr<Session> session;
};

std::pair<TimePoint, std::uint64_t> turn_of(const Session& session) {
  return {session.transfer.due(), ~static_cast<std::uint64_t>(session.id)};
}

namespace mi = boost::multi_index;

struct ById {};
struct ByPeer {};
struct ByTurn {};

using Table = mi::multi_index_container<
    Entry,
    mi::indexed_by<
        mi::hashed_unique<mi::tag<ById>, mi::member<Entry, TransferId, &Entry::id>, std::hash<TransferId>>,
        mi::hashed_non_unique<mi::tag<ByPeer>, mi::member<Entry, Endpoint, &Entry::peer>, std::hash<Endpoint>>,
        mi::ordered_unique<mi::tag<ByTurn>, mi::member<Entry, std::pair<TimePoint, std::uint64_t>, &Entry::turn>>>>;

bool is(ByteView datagram, TftpOpcode opcode) {
  return wire::tftp_opcode(datagram) == static_cast<std::uint16_t>(opcode);
}

Route route_to(const Request& request) {
  return {.peer = request.peer,
          .local = request.local,
          .interface_index = request.interface_index(),
          .listener = request.listener};
}

std::unique_ptr<Blocks> blocks_of(const Opening& opening) {
  const auto size = opening.agreement.block_size;
  return opening.mode == wire::TftpMode::octet ? octet_blocks(opening.file, size, opening.agreement.window)
                                               : netascii_blocks(opening.file, size);
}

}  // namespace

class Server::Impl {
 public:
  Impl(const settings::Tftp& settings, ServerLimits limits, Sockets& sockets, FileSource& files,
       const Neighbours& neighbours, log::Log& log, Audience* audience)
      : settings_(settings),
        max_transfers_(limits.max_transfers),
        sockets_(sockets),
        log_(log),
        audience_(audience),
        opener_(settings, limits.edns_packet_max, files, neighbours) {}

  std::size_t transfers() const { return table_.size(); }

  // With sockets of their own one transfer more than tftp-max runs, as in dnsmasq.
  bool wants_requests() const { return settings_.single_port || table_.size() <= max_transfers_; }

  void receive_request(const Request& request, TimePoint now) {
    const bool read = is(request.octets, TftpOpcode::rrq);
    if (settings_.single_port) {
      auto& peers = table_.get<ByPeer>();
      if (const auto running = peers.find(request.peer); running != peers.end()) {
        if (!read) return packet(*running->session, request.octets, now);
        ended(*running->session, TransferEnd::Result::begun_anew);
        peers.erase(running);
      }
      if (table_.size() >= max_transfers_) return;
    }
    if (read || is(request.octets, TftpOpcode::wrq)) begin(request, now);
  }

  void receive(TransferId id, ByteView octets, const Endpoint& from, TimePoint now) {
    const auto entry = table_.find(id);
    if (entry == table_.end()) return;
    auto& session = *entry->session;
    if (from.address == session.route.peer.address && from.port == session.route.peer.port) {
      return packet(session, octets, now);
    }
    if (!octets.empty()) turn_away(session, from);
  }

  void tick(TimePoint now) {
    // Taken first: a session that is due again at once waits for the next tick.
    std::vector<TransferId> due;
    for (const auto& entry : table_.get<ByTurn>()) {
      if (entry.turn.first > now) break;
      due.push_back(entry.id);
    }
    for (const auto id : due) expire(*table_.find(id)->session, now);
  }

  std::optional<TimePoint> next_event() const {
    const auto& turns = table_.get<ByTurn>();
    if (turns.empty()) return std::nullopt;
    return turns.begin()->turn.first;
  }

 private:
  void begin(const Request& request, TimePoint now) {
    const auto id = TransferId{next_id_++};
    const auto route = route_to(request);
    if (!settings_.single_port) {
      // Before anything else: when no port is free nobody is told anything.
      const auto opened = sockets_.open(id, route, settings_.port_range);
      if (opened == Sockets::Opened::no_free_port) log_.write(log::tftp_no_free_port());
      if (opened != Sockets::Opened::yes) return;
    }
    if (const auto refusal = try_to_begin(id, route, request, now)) {
      refuse(id, route, *refusal);
      if (audience_ != nullptr) {
        audience_->request_refused(
            {route.peer.address, route.interface_index, refusal->path, refusal->code, refusal->line.text});
      }
      close(id);
    }
  }

  std::optional<Refusal> try_to_begin(TransferId id, const Route& route, const Request& request, TimePoint now) {
    auto interface = std::string{request.interface_name()};
    auto client = client_text(request.peer, interface);
    auto opening = opener_.open(request, client);
    if (!opening) return std::move(opening.error());
    auto shown = printable(to_bytes(opening->path));
    auto session = std::make_unique<Session>(
        Session{id, route, std::move(interface), std::move(client), std::move(opening->path), std::move(shown),
                opening->file->status().size, Transfer{blocks_of(*opening), opening->agreement, now}});
    const auto first = session->transfer.packets();
    if (first.failure) return unreadable(session->shown_path, *first.failure);
    send(id, route, {first.octets, first.size});
    began(*session, opening->agreement);
    const auto turn = turn_of(*session);
    table_.insert({id, route.peer, turn, std::move(session)});
    return std::nullopt;
  }

  void packet(Session& session, ByteView octets, TimePoint now) {
    if (const auto block = wire::read_tftp_ack(octets)) {
      const auto ack = session.transfer.acknowledge(*block, now);
      if (ack == Transfer::Ack::complete) return finish(session);
      if (ack == Transfer::Ack::progress) proceed(session);
    } else if (const auto error = wire::read_tftp_error(octets)) {
      const auto text = printable(error->message);
      log_.write(log::tftp_client_error(error->code, text, session.client));
      ended(session, TransferEnd::Result::client_error, error->code, text);
      fail(session);
    }
  }

  // Sends what is due and notes when the session is due again.
  void proceed(Session& session) {
    const auto packets = session.transfer.packets();
    if (!packets.octets.empty()) send(session.id, session.route, {packets.octets, packets.size});
    if (packets.failure) {
      refuse(session.id, session.route, unreadable(session.shown_path, *packets.failure));
      ended(session, TransferEnd::Result::unreadable);
      return fail(session);
    }
    const auto turn = turn_of(session);
    const auto entry = table_.find(session.id);
    if (entry->turn != turn) table_.modify(entry, [&turn](Entry& changed) { changed.turn = turn; });
  }

  void expire(Session& session, TimePoint now) {
    const auto expiry = session.transfer.expire(now);
    if (expiry == Transfer::Expiry::retransmit) return proceed(session);
    if (expiry == Transfer::Expiry::none) return;
    if (session.transfer.all_sent()) return finish(session);
    log_.write(log::tftp_timed_out(session.shown_path, session.client));
    ended(session, TransferEnd::Result::timed_out);
    remove(session);
  }

  void finish(Session& session) {
    log_.write(log::tftp_sent(session.shown_path, session.client));
    if (audience_ != nullptr) audience_->file_sent({session.size, session.route.peer.address, session.path});
    ended(session, TransferEnd::Result::sent);
    remove(session);
  }

  void fail(Session& session) {
    log_.write(log::tftp_failed(session.shown_path, session.client));
    remove(session);
  }

  void began(const Session& session, const Agreement& agreement) {
    if (audience_ == nullptr) return;
    audience_->transfer_began({.id = session.id,
                               .client = session.route.peer.address,
                               .interface_index = session.route.interface_index,
                               .path = session.shown_path,
                               .size = session.size,
                               .block_size = agreement.block_size,
                               .window = agreement.window,
                               .size_asked = agreement.acknowledged.tsize.has_value()});
  }

  void ended(const Session& session, TransferEnd::Result result, std::uint16_t error = 0, std::string_view text = {}) {
    if (audience_ == nullptr) return;
    audience_->transfer_ended({.id = session.id,
                               .result = result,
                               .blocks = session.transfer.acknowledged_blocks(),
                               .retransmissions = session.transfer.retransmissions(),
                               .error = error,
                               .text = text});
  }

  void remove(Session& session) {
    const auto id = session.id;
    close(id);
    table_.erase(id);
  }

  // Somebody else writes to a transfer's socket: RFC 1350 section 4 tells him, and goes on.
  void turn_away(const Session& session, const Endpoint& stranger) {
    auto route = session.route;
    route.peer = stranger;
    refuse(session.id, route,
           {TftpErrorCode::unknown_transfer_id,
            log::tftp_wrong_transfer_id(client_text(stranger, session.interface)),
            true,
            {}});
  }

  // The packet and the log have the same text, cut alike.
  void refuse(TransferId id, const Route& route, const Refusal& refusal) {
    if (refusal.logged) {
      auto line = refusal.line;
      line.text.resize(std::min(line.text.size(), wire::longest_tftp_message));
      log_.write(line);
    }
    const auto packet = wire::make_tftp_error(refusal.code, refusal.line.text);
    send(id, route, {packet, packet.size()});
  }

  void send(TransferId id, const Route& route, Datagrams datagrams) {
    if (settings_.single_port) {
      sockets_.send_from_listener(route, datagrams);
    } else {
      sockets_.send(id, route, datagrams);
    }
  }

  void close(TransferId id) {
    if (!settings_.single_port) sockets_.close(id);
  }

  const settings::Tftp& settings_;
  std::size_t max_transfers_;
  Sockets& sockets_;
  log::Log& log_;
  Audience* audience_;
  Opener opener_;
  Table table_;
  std::uint64_t next_id_ = 1;
};

Server::Server(const settings::Tftp& settings, ServerLimits limits, Sockets& sockets, FileSource& files,
               const Neighbours& neighbours, log::Log& log, Audience* audience)
    : impl_(std::make_unique<Impl>(settings, limits, sockets, files, neighbours, log, audience)) {}

Server::~Server() = default;

bool Server::wants_requests() const { return impl_->wants_requests(); }

void Server::receive_request(const Request& request, TimePoint now) { impl_->receive_request(request, now); }

void Server::receive(TransferId id, ByteView octets, const Endpoint& from, TimePoint now) {
  impl_->receive(id, octets, from, now);
}

void Server::tick(TimePoint now) { impl_->tick(now); }

std::optional<TimePoint> Server::next_event() const { return impl_->next_event(); }

std::size_t Server::transfers() const { return impl_->transfers(); }

}  // namespace swapmasq::tftp
