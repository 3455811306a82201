#include "varne/report/why.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/doctrine/rulebook.h"

namespace varne::app {

void add_why(CLI::App& app, int& status) {
  struct Asked {
    std::uint64_t entry = 0;
    std::string record;
    bool json = false;
  };
  auto* command =
      app.add_subcommand("why", "Why the record says this: an entry, its reasons, what it stood on");
  auto asked = std::make_shared<Asked>();
  command->add_option("entry", asked->entry, "the entry's number")
      ->required()
      ->check([](const std::string& text) {
        return parse_whole(text).value_or(0) > 0 ? "" : "is no number of an entry; they count from 1";
      });
  command->add_option("--record", asked->record, "the record: FILE.db, record.jsonl or postgresql://…")
      ->required();
  command->add_flag("--json", asked->json, "one line of JSON instead of text");
  command->footer(
      "Of a verdict: every condition with its truth, who said so and when, in which entry, and the rule's "
      "source.\n\nExample:\n  varne why 526 --record report/record.jsonl");
  command->callback([asked, &status] {
    const auto reasons = why(asked->record, asked->entry);
    if (!reasons) {
      status = failed(reasons.error());
      return;
    }
    const auto rules = load_rulebook(data_path("doctrine"));
    if (!rules) {
      status = failed(rules.error());
      return;
    }
    const std::string again = derived_again(*reasons, *rules);
    if (asked->json) {
      Json out = why_json(*reasons);
      if (!again.empty()) out["derived_again"] = again;
      say("{}\n", canonical(out));
    } else {
      say("{}", why_text(*reasons));
      if (!again.empty()) say("\nDerived again from these words by the rules at hand: {}.\n", again);
    }
  });
}

}  // namespace varne::app
