#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "terminal.h"
#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/desk/derive.h"
#include "varne/desk/kept_heads.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"
#include "world_options.h"

namespace varne::app {
namespace {

struct Asked {
  std::string record;
  std::string journal;
  std::string key;
  std::string head;
  std::string kept_by;
  bool json = false;
  bool derive = false;
  WorldOptions world;
};

/// All that was found, the record's problems before the journal's.
struct Found {
  Verification record;
  JournalVerification journal;
  Derivation derived;
  KeptHeads kept;

  [[nodiscard]] bool whole() const {
    return record.problems.empty() && journal.problems.empty() && kept.problems.empty();
  }
};

Json problems_of(const std::vector<Error>& problems) {
  Json list = Json::array();
  for (const Error& problem : problems) list.push_back({{"where", problem.where}, {"what", problem.what}});
  return list;
}

void print_json(const Asked& asked, const Found& found) {
  Json out = {{"record", shown_record(asked.record)}, {"whole", found.whole()},
              {"entries", found.record.head.size},    {"head", hex(found.record.head.hash)},
              {"labels", found.record.labels},        {"problems", problems_of(found.record.problems)}};
  for (const PublicKey& key : found.record.keys) out["keys"].push_back(hex(key));
  if (const auto& head = found.record.signed_head)
    out["signed_head"] = {{"size", head->size}, {"root", hex(head->root)}, {"time", iso(head->time)}};
  if (!asked.journal.empty())
    out["journal"] = {{"folder", asked.journal},
                      {"segments", found.journal.segments},
                      {"items", found.journal.items},
                      {"problems", problems_of(found.journal.problems)}};
  if (asked.derive)
    out["derived"] = {{"items", found.derived.items},
                      {"differing", found.derived.differing},
                      {"differences", found.derived.differences}};
  if (!asked.kept_by.empty())
    out["kept_by"] = {{"record", shown_record(asked.kept_by)},
                      {"heads", found.kept.heads},
                      {"problems", problems_of(found.kept.problems)}};
  say("{}\n", canonical(out));
}

void print_text(const Asked& asked, const Found& found) {
  for (const Error& problem : found.record.problems)
    say("{}: {}\n", shown_record(asked.record), problem.text());
  if (found.record.problems.size() >= most_verify_problems)
    say("{}: stopped at {} problems\n", shown_record(asked.record), most_verify_problems);
  for (const Error& problem : found.journal.problems)
    say("{}{}{}\n", asked.journal, problem.where.empty() ? ": " : "/", problem.text());
  say("{}: {}, {} entries, head {}\n", shown_record(asked.record),
      found.record.problems.empty() ? "whole" : "NOT whole", found.record.head.size,
      hex(found.record.head.hash));
  if (const auto& head = found.record.signed_head)
    say("Signed {} at entry {}: --head {}\n", iso(head->time), head->size,
        noted_text({head->size, head->root}));
  if (const auto& head = found.record.signed_head; head && head->size < found.record.head.size)
    say("Nobody has signed for entries after {} yet\n", head->size);
  for (const PublicKey& key : found.record.keys) say("Key: --key {}\n", hex(key));
  if (!asked.journal.empty())
    say("{}: {}, {} segments, {} items\n", asked.journal,
        found.journal.problems.empty() ? "whole" : "NOT whole", found.journal.segments, found.journal.items);
}

void print_kept(const Asked& asked, const KeptHeads& kept) {
  for (const Error& problem : kept.problems) say("{}: {}\n", shown_record(asked.record), problem.text());
  if (kept.problems.empty())
    say("Comes to all {} heads of it that {} keeps, the last at entry {}\n", kept.heads,
        shown_record(asked.kept_by), kept.last);
}

void print_derived(const Derivation& derived) {
  for (const auto& what : derived.differences) say("made again: {}\n", what);
  if (derived.differing == 0)
    say("Made again from {} items of the journal: the same {} entries\n", derived.items, derived.entries);
  else
    say("Made again from {} items of the journal: {} differences. This Varne, or what it is given (--units, "
        "--sea-file, --wind, --title, --exercise), is another than the record was made with; the record "
        "stands\n",
        derived.items, derived.differing);
}

/// What was noted elsewhere, as `print_text` prints it.
Result<Noted> noted_of(const Asked& asked) {
  Noted noted;
  if (!asked.key.empty()) {
    noted.key = hash_from_hex(asked.key);
    if (!noted.key) return fail("--key", "is not 64 lower-case hexadecimal digits");
  }
  if (!asked.head.empty()) {
    const auto head = parse_noted(asked.head);
    if (!head) return std::unexpected(head.error().in("--head"));
    noted.head = *head;
  }
  return noted;
}

int verify(const Asked& asked) {
  const auto noted = noted_of(asked);
  if (!noted) return failed(noted.error());
  Progress progress("checking " + shown_record(asked.record));
  const auto show = [&](std::uint64_t done, std::uint64_t all) {
    progress.show(all == 0 ? -1 : static_cast<double>(done) / static_cast<double>(all),
                  fmt::format("entry {}", done));
  };
  const bool lines = asked.record.ends_with(".jsonl") || asked.record.ends_with(".jsonl.gz");
  if (lines && !asked.journal.empty())
    return failed({asked.record, "holds no hashes of a journal; give the record's .db with --journal"});
  if (asked.derive && asked.journal.empty())
    return failed({"--derive", "makes the record again from its journal; name that with --journal"});
  auto record =
      lines ? verify_record_lines(asked.record, *noted, show) : verify_ledger(asked.record, *noted, show);
  if (!record) return failed(record.error());
  Found found{std::move(*record), {}, {}, {}};
  if (!asked.kept_by.empty()) {
    auto kept = held_against(asked.record, found.record.keys, asked.kept_by);
    if (!kept) return failed(kept.error());
    found.kept = std::move(*kept);
  }
  if (!asked.journal.empty()) {
    auto journal = verify_journal(asked.journal, found.record);
    if (!journal) return failed(journal.error());
    found.journal = std::move(*journal);
  }
  if (asked.derive) {
    const auto world = world_of(asked.world);
    if (!world) return failed(world.error());
    auto derived = derive(*world, asked.record, asked.journal, [&](Time at) { progress.show(-1, iso(at)); });
    if (!derived) return failed(derived.error());
    found.derived = std::move(*derived);
  }
  asked.json ? print_json(asked, found) : print_text(asked, found);
  if (!asked.kept_by.empty() && !asked.json) print_kept(asked, found.kept);
  if (asked.derive && !asked.json) print_derived(found.derived);
  return found.whole() ? 0 : 1;
}

}  // namespace

void add_verify(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("verify", "Check a record entry by entry, and the journal beside it");
  auto asked = std::make_shared<Asked>();
  command
      ->add_option("record", asked->record,
                   "the record: RECORD.db, postgresql://…, or record.jsonl as `varne replay` writes it")
      ->required();
  command->add_option("--journal", asked->journal, "the folder of the journal that belongs to the record");
  command->add_option("--key", asked->key, "a key noted elsewhere: it must be one of those that signed");
  command->add_option("--head", asked->head,
                      "a head noted elsewhere, ENTRIES:HASH: the record must come to it");
  command->add_option("--kept-by", asked->kept_by,
                      "the record of a joined centre, which keeps heads of this one: it must come to each");
  auto* derived = command->add_flag(
      "--derive", asked->derive,
      "make everything again from the journal of a live desk, and say where this version differs");
  add_world_options(*command, asked->world);
  for (const char* name : {"--units", "--forcing", "--map", "--member", "--always", "--sum-tides", "--wind",
                           "--title", "--exercise"})
    command->get_option(name)->needs(derived);
  command->add_flag("--json", asked->json, "one JSON object instead of text");
  command->footer(
      "Exit status 0: whole; 1: not, and what is printed names the entry. The head is the root of the tree "
      "over\n"
      "all entries. Whoever has the record and its key can rewrite both: that shows only against a head or a "
      "key\n"
      "that was noted elsewhere, so note what is printed.\n\n"
      "Example:\n  varne verify watch.db --journal watch.journal\n  varne verify watch.db --journal "
      "watch.journal --derive --wind 250,8");
  command->callback([asked, &status] { status = verify(*asked); });
}

}  // namespace varne::app
