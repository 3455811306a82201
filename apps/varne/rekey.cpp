#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/record/ledger.h"

namespace varne::app {
namespace {

/// The record must be there: opening a ledger makes one where there is none, and a name typed wrongly would
/// get a new record with a new key while the real one keeps its old key.
Done rekey(const std::string& record, const LedgerOptions& options) {
  if (!is_database(record)) {
    std::error_code ignored;
    if (!std::filesystem::exists(record, ignored)) return fail(record, "there is no such file");
    if (std::filesystem::is_regular_file(record, ignored) && std::filesystem::file_size(record, ignored) == 0)
      return fail(record, "is no record of Varne: it is empty");
  }
  const auto ledger = open_ledger(record, options);
  if (!ledger) return std::unexpected(ledger.error());
  if (const auto changed = (*ledger)->change_key(); !changed) return std::unexpected(changed.error());
  return {};
}

}  // namespace

void add_rekey(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("rekey", "Give a record a new signing key, vouched for by the old one");
  auto record = std::make_shared<std::string>();
  auto options = std::make_shared<LedgerOptions>();
  command->add_option("record", *record, "the record: FILE.db or postgresql://…")->required();
  command->add_option("--keys", options->keys, "folder of its keys [the record's name and .keys]");
  command->footer("The desk must not be running. Example:\n  varne rekey watch.db");
  command->callback([record, options, &status] {
    if (const auto done = rekey(*record, *options); !done) {
      status = failed(done.error());
      return;
    }
    say("A new key signs {} from now on; `varne verify` prints it. The old one may be put away.\n",
        shown_record(*record));
  });
}

}  // namespace varne::app
