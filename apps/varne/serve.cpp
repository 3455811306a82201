/// varne serve: a live desk.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/desk/live_desk.h"
#include "varne/exchange/cot_line.h"
#include "varne/exchange/nats_line.h"
#include "varne/serve/access_table.h"
#include "web.h"
#include "world_options.h"

namespace varne::app {
namespace {

/// A standby looks so often whether there is more to take, and whether it may go on.
constexpr auto follow_every = std::chrono::milliseconds(250);

struct ServeOptions {
  std::vector<std::string> feeds;
  std::string record = "varne-desk.db";
  std::string journal;
  std::string keys;
  std::string accounts;
  std::string oidc;
  std::string exchange;
  bool standby = false;
  std::vector<std::string> cot;
  TlsFiles::Paths tls;
  WorldOptions world;
  WebOptions web;
};

/// The same of whom a provider's word gives an office.
std::string strangers(const OidcSettings& oidc, const World& world) {
  std::string out;
  for (const OidcOffice& one : oidc.offices)
    if (speaks_for_another(one.role) && !speaks_for(world, one.role, one.unit))
      out += fmt::format(
          "\n{} \"{}\" of the provider speaks for \"{}\", which this desk does not have: its word "
          "counts for nothing",
          one.claim, one.value, one.unit);
  return out;
}

/// Whoever signs in should find their unit or centre at this desk.
std::string strangers(Accounts& accounts, const World& world) {
  std::string out;
  for (const UserAccount& one : accounts.all()) {
    if (!speaks_for_another(one.role) || speaks_for(world, one.role, one.unit)) continue;
    out += fmt::format(
        "\nAccount {} speaks for \"{}\", which this desk does not have: its word counts for nothing",
        one.name, one.unit);
  }
  return out;
}

Result<WebOptions> web_of(const ServeOptions& options, Accounts* accounts) {
  WebOptions web = options.web;
  web.accounts = accounts;
  if (!options.oidc.empty()) {
    if (accounts == nullptr) return fail("--oidc", "needs --accounts: those who sign in are kept there");
    auto oidc = load_oidc_file(options.oidc);
    if (!oidc) return std::unexpected(oidc.error());
    web.oidc = std::make_shared<const OidcSettings>(std::move(*oidc));
  }
  const auto& [certificate, key, client_ca] = options.tls;
  if (certificate.empty() != key.empty())
    return fail(certificate.empty() ? "--cert" : "--key",
                "is missing; a certificate and its key go together");
  if (!client_ca.empty() && (certificate.empty() || accounts == nullptr))
    return fail("--client-ca", "needs --accounts, --cert and --key");
  if (certificate.empty()) return web;
  auto tls = TlsFiles::open(options.tls);
  if (!tls) return std::unexpected(tls.error());
  web.tls = std::move(*tls);
  return web;
}

/// The line to other centres' desks, and whose desk this is.
Result<std::shared_ptr<const DeskExchange>> exchange_of(const std::string& path, WorldOptions& world) {
  if (path.empty()) return nullptr;
  auto file = load_partner_file(path);
  if (!file) return std::unexpected(file.error());
  auto key = SigningKey::load(file->keys, file->key);
  if (!key) return std::unexpected(key.error());
  world.own = file->own;
  for (const JoinedCentre& one : file->joined) {
    world.partners.push_back(one.centre);
    if (one.share) world.shares[one.centre] = *one.share;
  }
  const auto line = [file = *file](boost::asio::io_context& io) { return nats_line(io, file); };
  return std::make_shared<const DeskExchange>(std::move(*file), std::move(*key), line);
}

/// Follows the desk that writes until this one may go on.
/// @returns null where somebody ended it before
Result<std::unique_ptr<LiveDesk>> stand_by(boost::asio::io_context& io, std::shared_ptr<const World> world,
                                           LiveDeskOptions options) {
  options.standby = std::make_shared<Standby>(world, options.record);
  Standby& standby = *options.standby;
  if (auto followed = standby.follow(); !followed) return std::unexpected(followed.error());
  say("Standing by for {}, {} items of its journal taken\n", shown_record(options.record), standby.items());
  boost::asio::io_context waiting(1);
  bool ended = false;
  boost::asio::signal_set signals(waiting, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code wrong, int) { ended = !wrong; });
  std::string trouble;
  while (!ended) {
    for (const auto& line : standby.take_said()) say("{}\n", line);
    std::fflush(stdout);
    waiting.run_for(follow_every);
    const auto followed = standby.follow();
    if (!followed && std::exchange(trouble, followed.error().text()) != followed.error().text())
      say("Not followed: {}\n", trouble);
    if (followed) trouble.clear();
    if (!followed || !standby.may_go_on().value_or(false)) continue;
    if (auto last = standby.follow(); !last) continue;  // what it wrote before it was cut off
    auto desk = LiveDesk::open(io, world, options);
    // Another standby may have been quicker: this one waits on.
    if (desk || standby.may_go_on().value_or(true)) return desk;
  }
  return nullptr;
}

Result<std::vector<CotAddress>> cot_addresses(const std::vector<std::string>& texts) {
  std::vector<CotAddress> out;
  for (const auto& text : texts) {
    auto address = parse_cot_address(text);
    if (!address) return std::unexpected(address.error());
    out.push_back(std::move(*address));
  }
  return out;
}

Done serve(const ServeOptions& options) {
  std::unique_ptr<Accounts> accounts;
  if (!options.accounts.empty()) {
    if (!std::filesystem::exists(options.accounts))
      return fail("--accounts", fmt::format("there is no {}; varne account add makes it", options.accounts));
    auto opened = Accounts::open(options.accounts);
    if (!opened) return std::unexpected(opened.error());
    accounts = std::move(*opened);
  }
  const auto web = web_of(options, accounts.get());
  if (!web) return std::unexpected(web.error());
  LiveDeskOptions desk_options{
      .feeds = {}, .record = options.record, .journal = options.journal, .keys = options.keys};
  if (desk_options.journal.empty())
    desk_options.journal = is_database(options.record) ? options.record : options.record + ".journal";
  if (options.standby && (!is_database(options.record) || desk_options.journal != options.record))
    return fail("--standby",
                "follows a desk through the database that holds both record and journal; give --record "
                "postgresql://… and no --journal");
  for (const auto& text : options.feeds) {
    auto feed = parse_live_feed(text);
    if (!feed) return std::unexpected(feed.error());
    if (accounts) only_observes(*feed);
    desk_options.feeds.push_back(std::move(*feed));
  }
  const auto cot_to = cot_addresses(options.cot);
  if (!cot_to) return std::unexpected(cot_to.error());
  WorldOptions of_world = options.world;
  const auto exchange = exchange_of(options.exchange, of_world);
  if (!exchange) return std::unexpected(exchange.error());
  desk_options.exchange = *exchange;
  // Whoever stands by takes the address when its turn has come: it may be that of the desk before.
  auto doorstep = options.standby ? Result<std::unique_ptr<Doorstep>>(nullptr) : open_doorstep(*web);
  if (!doorstep) return std::unexpected(doorstep.error());
  auto world = world_of(of_world);
  if (!world) return std::unexpected(world.error());
  boost::asio::io_context io(1);
  std::optional<Error> taken_over;
  desk_options.taken_over = [&](const Error& why) {
    taken_over = why;
    io.stop();
  };
  Progress progress("running the journal again");
  if (*doorstep) (*doorstep)->tell(Starting::record);
  desk_options.progress = [&](std::uint64_t done, std::uint64_t of) {
    if (*doorstep) (*doorstep)->tell(Starting::record, done, of);
    progress.show(of == 0 ? -1 : static_cast<double>(done) / static_cast<double>(of),
                  fmt::format("{} entries", done));
  };
  auto desk = options.standby ? stand_by(io, *world, desk_options) : LiveDesk::open(io, *world, desk_options);
  progress.done();
  if (!desk) return std::unexpected(desk.error());
  if (*desk == nullptr) return {};
  if (options.standby) doorstep = doorstep_once_free(io, *web);
  if (!doorstep) return fail(taken_over.value_or(doorstep.error()));
  auto greeting = fmt::format("Recording to {}", shown_record(desk_options.record));
  if (desk_options.journal != desk_options.record) greeting += " and " + desk_options.journal;
  for (const auto& line : (*desk)->greeting()) greeting += "\n" + line;
  for (const auto& feed : desk_options.feeds)
    if (feed.observed)
      greeting += fmt::format("\n{} is for observations only: what it orders is a request", feed.name);
  for (const auto& note : (*world)->sea.notes()) greeting += "\n" + note;
  if (options.feeds.empty()) greeting += "\nNo feed was given (--feed): only what is typed in will be known.";
  greeting += accounts
                  ? strangers(*accounts, **world)
                  : "\nNobody signs in here, so it listens on loopback only; --accounts asks who one is.";
  if (web->oidc) greeting += strangers(*web->oidc, **world);
  std::vector<std::unique_ptr<CotLine>> cot;
  for (const CotAddress& to : *cot_to)
    cot.push_back(std::make_unique<CotLine>(
        io, to, [&desk]() -> const Room& { return (*desk)->room(); }, (*world)->exercise,
        [](const std::string& state) { complain("varne: Cursor-on-Target: {}\n", state); }));
  auto served =
      serve_desk(io, **desk, *web, **doorstep, greeting + "\nOpen this in a browser; Ctrl-C ends it: ");
  return taken_over ? fail(*taken_over) : served;
}

}  // namespace

void add_serve(CLI::App& app, int& status) {
  auto* command = app.add_subcommand(
      "serve", "Run a live desk: listen to feeds, record everything, show it in the browser");
  const auto options = std::make_shared<ServeOptions>();
  command->add_option(
      "--feed", options->feeds,
      "kind=address, as often as there are feeds; kinds: nmea, plots, reports, sarsat, cise; addresses: "
      "tcp://host:port (we connect), udp://address:port (we listen); \",observed\" behind it: "
      "what it orders is a request");
  command->add_option("--record", options->record, "the record: FILE.db or postgresql://… [varne-desk.db]");
  command->add_option("--journal", options->journal,
                      "folder of the raw feeds [the record's name and .journal; with a database, there]");
  command->add_flag("--standby", options->standby,
                    "wait until the desk that writes this record ends or falls silent, then go on with it");
  command->add_option("--keys", options->keys,
                      "folder of the record's signing keys [the record's name and .keys]");
  add_world_options(*command, options->world);
  command->add_option("--accounts", options->accounts,
                      "who may sign in (varne account); without it nobody has to, and the desk listens on "
                      "loopback only");
  command->add_option("--oidc", options->oidc,
                      "a provider of OpenID Connect whose word signs people in too (docs/access.md)");
  command->add_option(
      "--cert", options->tls.certificate,
      "the desk's certificate in PEM, and those that vouch for it; read again when it changes");
  command->add_option("--key", options->tls.key, "its private key in PEM");
  command->add_option("--client-ca", options->tls.client_ca,
                      "who vouches for the certificates of feeds (OU=feed) and partners (OU=partner)");
  command->add_option("--exchange", options->exchange,
                      "whose desk this is and which are joined to it (docs/exchange.md)");
  command->add_option("--cot", options->cot,
                      "send the picture as Cursor-on-Target events to udp://address:port or tcp://host:port; "
                      "beyond this machine with \",in-the-clear\" behind it");
  command->add_option("--access-log", options->web.access_log, "a line a request: who asked for what");
  command->add_option("--listen", options->web.address,
                      "address to listen at [127.0.0.1]; any other needs --accounts, --cert and --key");
  command->add_option("--name", options->web.names,
                      "a name under which browsers reach the desk, besides its addresses and this machine's");
  command->add_option("--port", options->web.port, "port to listen at [8080]; 0 takes a free one");
  command->footer("Example:\n  varne serve --feed nmea=tcp://127.0.0.1:10110 --wind 250,8 --record desk.db");
  command->callback([options, &status] {
    if (const auto done = serve(*options); !done) status = failed(done.error());
  });
}

}  // namespace varne::app
