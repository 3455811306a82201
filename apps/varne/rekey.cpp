#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/record/ledger.h"

namespace varne::app {

void add_rekey(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("rekey", "Give a record a new signing key, vouched for by the old one");
  auto record = std::make_shared<std::string>();
  auto options = std::make_shared<LedgerOptions>();
  command->add_option("record", *record, "the record: FILE.db or postgresql://…")->required();
  command->add_option("--keys", options->keys, "folder of its keys [the record's name and .keys]");
  command->footer("The desk must not be running. Example:\n  varne rekey watch.db");
  command->callback([record, options, &status] {
    const auto ledger = open_ledger(*record, *options);
    const auto changed = ledger ? (*ledger)->change_key() : std::unexpected(ledger.error());
    if (!changed) {
      status = failed(changed.error());
      return;
    }
    fmt::print("A new key signs {} from now on; `varne verify` prints it. The old one may be put away.\n",
               *record);
  });
}

}  // namespace varne::app
