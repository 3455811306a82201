/// Who signs in, and who may.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "varne/access/one_time_code.h"
#include "varne/access/password.h"
#include "varne/core/enum_named.h"
#include "varne/core/text.h"
#include "varne/serve/answers.h"
#include "varne/serve/api.h"

namespace varne::answers {
namespace http = boost::beast::http;
namespace {

HttpResponse json(const HttpRequest& request, const Json& body) {
  return respond(request, http::status::ok, "application/json", api::text(body));
}
HttpResponse bad(const HttpRequest& request, const std::string& why) {
  return refused(request, http::status::bad_request, why);
}
HttpResponse answer_to(const HttpRequest& request, const Done& done) {
  return done ? json(request, Json::object()) : bad(request, done.error().text());
}

/// A body of these members, each a text.
using Texts = std::map<std::string, std::string, std::less<>>;
Result<Texts> texts_in(const Json& body, std::initializer_list<std::string_view> known,
                       std::initializer_list<std::string_view> needed) {
  if (!body.is_object()) return fail("", "must be a JSON object");
  Texts out;
  for (const auto& [name, value] : body.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(shown(name), fmt::format("is not known here; there are {}", fmt::join(known, ", ")));
    if (!value.is_string()) return fail(name, "must be a text in quotes");
    out[name] = value.get<std::string>();
  }
  for (const auto name : needed)
    if (!out.contains(name)) return fail(std::string(name), "is missing");
  return out;
}

Result<Json> body_of(const Ask& ask) {
  return parse_json(ask.request.body().empty() ? "{}" : ask.request.body());
}

HttpResponse no_accounts(const Ask& ask) {
  return refused(ask.request, http::status::not_found,
                 "nobody signs in at this desk: it was started without accounts (varne serve --accounts)");
}

Json who(const Gate& gate, const Caller& caller) {
  Json may = Json::array();
  for (const auto& [act, name] : EnumNames<Act>::values)
    if (holds(caller.may, act)) may.push_back(name);
  if (gate.accounts() == nullptr)
    return {{"account", ""}, {"role", "coordinator"}, {"demonstration", true}, {"may", may}};
  const Speaker& speaker = caller.speaker;
  return {{"account", speaker.name},
          {"role", speaker.role.empty() ? std::string(enum_name(speaker.kind)) : speaker.role},
          {"unit", speaker.unit},
          {"demonstration", false},
          {"may", may}};
}

/// A role and whom it speaks for; refuses a unit or centre that the desk does not have.
Result<UserAccount> office_in(const Ask& ask, const Texts& said) {
  UserAccount out;
  const auto role = said.find("role");
  const auto known = role == said.end() ? std::nullopt : enum_named<Role>(role->second);
  if (!known) return fail("role", fmt::format("is none of {}", role_names()));
  out.role = *known;
  if (const auto unit = said.find("unit"); unit != said.end()) out.unit = unit->second;
  if (speaks_for_another(out.role) && !speaks_for(ask.sources.desk.room().world(), out.role, out.unit))
    return fail("unit", fmt::format("\"{}\" is no {} of this desk", shown(out.unit),
                                    out.role == Role::captain ? "unit" : "centre"));
  return out;
}

}  // namespace

void me(const Ask& ask, Send send) {
  send(json(ask.request, who(ask.sources.gate, ask.caller)));
}

/// Of a password that is not right, or not yet heard; nothing where it was.
std::optional<HttpResponse> turned_away(const HttpRequest& request, const SignIn::Outcome& out,
                                        http::status wrong) {
  if (out.wait.count() > 0) {
    auto later = refused(request, http::status::too_many_requests,
                         fmt::format("that was wrong too often; try again in {} s", out.wait.count()));
    later.set(http::field::retry_after, std::to_string(out.wait.count()));
    return later;
  }
  if (!out.refused.empty()) return refused(request, wrong, out.refused);
  return std::nullopt;
}

void login(const Ask& ask, Send send) {
  if (ask.sources.sign_in == nullptr) return send(no_accounts(ask));
  const auto body = body_of(ask);
  const auto said = body ? texts_in(*body, {"account", "password", "code"}, {"account", "password"})
                         : Result<Texts>(std::unexpected(body.error()));
  if (!said) return send(bad(ask.request, said.error().text()));
  const auto code = said->find("code");
  ask.sources.sign_in->ask(
      {said->at("account"), said->at("password"), code == said->end() ? "" : code->second,
       std::string(ask.address)},
      [request = ask.request, &gate = ask.sources.gate, send = std::move(send)](const SignIn::Outcome& out) {
        if (auto no = turned_away(request, out, http::status::unauthorized)) return send(std::move(*no));
        auto in = json(request, who(gate, gate.caller({.session = out.session})));
        in.set(http::field::set_cookie, gate.cookie(out.session));
        send(std::move(in));
      });
}

void logout(const Ask& ask, Send send) {
  auto out = json(ask.request, Json::object());
  if (Accounts* accounts = ask.sources.gate.accounts(); accounts != nullptr) {
    accounts->end_session(ask.caller.session);
    out.set(http::field::set_cookie, ask.sources.gate.cookie(""));
    ask.sources.sessions_ended();
  }
  send(std::move(out));
}

/// Whoever sits at a console that somebody left open does not know the password: it is asked for, and
/// guessing at it waits as it does at the door. 400 and not 401: the session is good, only the password is
/// not.
void own_password(const Ask& ask, Send send) {
  if (ask.sources.sign_in == nullptr) return send(no_accounts(ask));
  const auto body = body_of(ask);
  const auto said = body ? texts_in(*body, {"password", "new"}, {"password", "new"})
                         : Result<Texts>(std::unexpected(body.error()));
  if (!said) return send(bad(ask.request, said.error().text()));
  if (auto why = unfit_password(said->at("new")); !why.empty()) return send(bad(ask.request, "new: " + why));
  const std::string name = ask.caller.speaker.name;
  ask.sources.sign_in->ask(
      {.account = name,
       .password = said->at("password"),
       .code = {},
       .address = std::string(ask.address),
       .only_password = true},
      [request = ask.request, name, wanted = said->at("new"), &sources = ask.sources,
       send = std::move(send)](const SignIn::Outcome& out) {
        if (out.wait.count() > 0 || !out.refused.empty()) {
          SignIn::Outcome at_its_field = out;
          at_its_field.refused = "password: " + out.refused;
          return send(*turned_away(request, at_its_field, http::status::bad_request));
        }
        sources.sign_in->hash(wanted, [request, name, &sources, send](const Result<std::string>& hash) {
          const Done done = hash ? sources.gate.accounts()->set_password_hash(name, *hash)
                                 : Done(std::unexpected(hash.error()));
          sources.sessions_ended();
          send(answer_to(request, done));
        });
      });
}

void accounts(const Ask& ask, Send send) {
  Accounts& kept = *ask.sources.gate.accounts();
  Json people = Json::array();
  for (const UserAccount& one : kept.all())
    people.push_back({{"name", one.name},
                      {"role", std::string(enum_name(one.role))},
                      {"unit", one.unit},
                      {"locked", one.locked},
                      {"with_code", one.with_code},
                      {"made", iso(one.made)}});
  Json programs = Json::array();
  for (const Program& one : kept.programs())
    programs.push_back({{"name", one.name}, {"scopes", one.scopes}, {"made", iso(one.made)}});
  send(json(ask.request, {{"accounts", people}, {"programs", programs}}));
}

void add_account(const Ask& ask, Send send) {
  const auto body = body_of(ask);
  const auto said = body ? texts_in(*body, {"name", "role", "unit", "password"}, {"name", "role", "password"})
                         : Result<Texts>(std::unexpected(body.error()));
  if (!said) return send(bad(ask.request, said.error().text()));
  auto account = office_in(ask, *said);
  if (!account) return send(bad(ask.request, account.error().text()));
  account->name = said->at("name");
  account->made = ask.sources.gate.now();
  ask.sources.sign_in->hash(said->at("password"),
                            [request = ask.request, account = *account, &gate = ask.sources.gate,
                             send = std::move(send)](const Result<std::string>& hash) {
                              send(answer_to(request, hash ? gate.accounts()->add_hashed(account, *hash)
                                                           : Done(std::unexpected(hash.error()))));
                            });
}

/// One thing at a time. Nobody takes the office from themselves: there has to be somebody to give it back.
void change_account(const Ask& ask, Send send) {
  Accounts& kept = *ask.sources.gate.accounts();
  const std::string name(ask.part);
  const auto body = body_of(ask);
  if (!body || !body->is_object())
    return send(bad(ask.request, "a JSON object with role and unit, or locked, or password, or code"));
  const auto changed = [&](const Done& done) {
    ask.sources.sessions_ended();
    return answer_to(ask.request, done);
  };
  const auto yes_or_no = [&](const char* what) -> std::optional<bool> {
    const auto at = body->find(what);
    return body->size() == 1 && at != body->end() && at->is_boolean() ? std::optional(at->get<bool>())
                                                                      : std::nullopt;
  };
  const bool own = name == ask.caller.speaker.name;
  if (const auto locked = yes_or_no("locked")) {
    if (own) return send(refused(ask.request, http::status::conflict, "nobody locks themselves out"));
    return send(changed(kept.set_locked(name, *locked)));
  }
  if (const auto code = yes_or_no("code")) {
    const std::string secret = *code ? new_code_secret() : "";
    if (const auto done = kept.set_code(name, secret); !done) return send(changed(done));
    ask.sources.sessions_ended();
    return send(json(ask.request, *code ? Json{{"secret", base32(secret)}, {"uri", code_uri(name, secret)}}
                                        : Json::object()));
  }
  const auto said = texts_in(*body, {"role", "unit", "password"}, {});
  if (!said) return send(bad(ask.request, said.error().text()));
  if (said->contains("password") && said->size() == 1)
    return ask.sources.sign_in->hash(
        said->at("password"),
        [request = ask.request, name, &gate = ask.sources.gate, ended = ask.sources.sessions_ended,
         send = std::move(send)](const Result<std::string>& hash) {
          const Done done =
              hash ? gate.accounts()->set_password_hash(name, *hash) : Done(std::unexpected(hash.error()));
          ended();
          send(answer_to(request, done));
        });
  if (said->contains("password"))
    return send(bad(ask.request, "password: change it by itself, without role and unit"));
  const auto office = office_in(ask, *said);
  if (!office) return send(bad(ask.request, office.error().text()));
  if (own) return send(refused(ask.request, http::status::conflict, "nobody changes their own office"));
  send(changed(kept.set_role(name, office->role, office->unit)));
}

void add_program(const Ask& ask, Send send) {
  const auto body = body_of(ask);
  std::vector<std::string> scopes;
  const auto fits = [&]() -> Done {
    if (!body) return std::unexpected(body.error());
    if (!body->is_object() || body->size() != 2 || !body->contains("name") || !body->at("name").is_string() ||
        !body->contains("scopes") || !body->at("scopes").is_array())
      return fail("", "a JSON object with name and scopes, a list");
    for (const Json& one : body->at("scopes"))
      scopes.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    return check_scopes(scopes);
  }();
  if (!fits) return send(bad(ask.request, fits.error().text()));
  const auto token = ask.sources.gate.accounts()->add_program(body->at("name").get<std::string>(), scopes,
                                                              ask.sources.gate.now());
  send(token ? json(ask.request, {{"token", *token}}) : bad(ask.request, token.error().text()));
}

void revoke_program(const Ask& ask, Send send) {
  const Done done = ask.sources.gate.accounts()->remove_program(std::string(ask.part));
  ask.sources.sessions_ended();
  send(answer_to(ask.request, done));
}

}  // namespace varne::answers
