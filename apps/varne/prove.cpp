#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/record/proof.h"

namespace varne::app {

void add_prove(CLI::App& app, int& status) {
  struct Asked {
    std::uint64_t entry = 0;
    std::string record;
  };
  auto* command = app.add_subcommand("prove", "Print a proof that an entry stands in a record, for others");
  auto asked = std::make_shared<Asked>();
  command->add_option("entry", asked->entry, "the entry's number")->required();
  command->add_option("--record", asked->record, "the record: FILE.db or postgresql://…")->required();
  command->footer(
      "The proof is one line of JSON: the entry, the signed head and the hashes between them. Python is "
      "enough\n"
      "to check it: python3 tools/check_proof.py PROOF.json --key KEY, with the key as the desk noted it.\n\n"
      "Example:\n  varne prove 1042 --record watch.db > entry-1042.json");
  command->callback([asked, &status] {
    const auto proof = prove(asked->record, asked->entry);
    if (!proof) {
      status = failed(proof.error());
      return;
    }
    fmt::print("{}\n", *proof);
  });
}

}  // namespace varne::app
