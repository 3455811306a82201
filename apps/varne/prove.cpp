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
    std::string since;
    std::string record;
  };
  auto* command = app.add_subcommand(
      "prove",
      "Print a proof that an entry stands in a record, or that a record goes on unchanged, for others");
  auto asked = std::make_shared<Asked>();
  auto* what = command->add_option_group("what", "what to prove");
  what->add_option("entry", asked->entry, "the number of the entry that stands in the record");
  what->add_option(
      "--since", asked->since,
      "a head noted earlier, ENTRIES:HASH: the record still holds all it stood for, and goes on");
  what->require_option(1);
  command->add_option("--record", asked->record, "the record: FILE.db or postgresql://…")->required();
  command->footer(
      "The proof is one line of JSON: what is proven, the signed head and the hashes between them. Python is "
      "enough\n"
      "to check it: python3 tools/check_proof.py PROOF.json --key KEY, with the key as the desk noted it.\n\n"
      "Examples:\n"
      "  varne prove 1042 --record watch.db > entry-1042.json\n"
      "  varne prove --since 1042:HASH --record watch.db > since-1042.json   # HASH: 64 digits, from `varne "
      "verify`");
  command->callback([asked, &status] {
    const auto proof = [&]() -> Result<std::string> {
      if (asked->since.empty()) return prove(asked->record, asked->entry);
      const auto earlier = parse_noted(asked->since);
      if (!earlier) return std::unexpected(earlier.error().in("--since"));
      return prove_continuation(asked->record, *earlier);
    }();
    if (!proof) {
      status = failed(proof.error());
      return;
    }
    say("{}\n", *proof);
  });
}

}  // namespace varne::app
