/// The answers in other people's terms: CAP alerts and CISE payloads.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/exchange/cap.h"
#include "varne/exchange/cise.h"
#include "varne/serve/answers.h"

namespace varne::answers {
namespace http = boost::beast::http;
namespace {

/// Most messages of one incident that an alert says it takes the place of.
constexpr std::size_t most_messages = 200;
constexpr int most_looks = 4;

/// No real day: by the world's word, or because it is played again.
bool is_exercise(const Desk& desk) {
  const Json header = desk.header();
  return header.value("exercise", false) || header.value("mode", "") == "replay";
}

/// An alert names the last entry that it says something of, so it may not say what came after: where the
/// incident changed while the record was looked through, it is looked through again.
void tell_alert(Desk& desk, const HttpRequest& request, const std::string& id, Send send, int looks) {
  EntryQuery wanted{.words = {"\"incident\":" + varne::quoted(id)}, .most = most_messages};
  for (const std::string_view kind : cap_kinds) wanted.kinds.emplace(kind);
  const Time asked = desk.room().incidents().at(id).changed;
  desk.find(std::move(wanted),
            [request, id, asked, looks, &desk, send = std::move(send)](const Result<FoundEntries>& found) {
              if (!found)
                return send(refused(request, http::status::internal_server_error, found.error().text()));
              const auto incident = desk.room().incidents().find(id);
              const CapThread thread = cap_thread(found->entries, id);
              if (incident == desk.room().incidents().end() || thread.now.entry == 0)
                return send(refused(request, http::status::not_found,
                                    fmt::format("nothing is recorded of incident {} yet", shown(id))));
              if (incident->second.changed != asked && looks > 1)
                return tell_alert(desk, request, id, send, looks - 1);
              send(respond(request, http::status::ok, "application/cap+xml",
                           varne::cap_alert(desk.room(), incident->second, thread, is_exercise(desk))));
            });
}

}  // namespace

void cap_feed(const Ask& ask, Send send) {
  const Desk& desk = ask.sources.desk;
  send(respond(ask.request, http::status::ok, "application/atom+xml",
               varne::cap_feed(desk.room(), is_exercise(desk))));
}

void cap_alert(const Ask& ask, Send send) {
  const std::string id(ask.part);
  if (!ask.sources.desk.room().incidents().contains(id))
    return send(
        refused(ask.request, http::status::not_found, fmt::format("there is no incident {}", shown(id))));
  tell_alert(ask.sources.desk, ask.request, id, std::move(send), most_looks);
}

void cise_vessels(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "application/xml",
               varne::cise_vessels(ask.sources.desk.room())));
}

void cise_incidents(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "application/xml",
               varne::cise_incidents(ask.sources.desk.room())));
}

}  // namespace varne::answers
