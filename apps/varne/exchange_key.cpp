/// `varne exchange-key`: the key that a desk signs its letters to other centres with.

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/core/hash.h"
#include "varne/record/keys.h"

namespace varne::app {

void add_exchange_key(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("exchange-key", "Make the key that a desk signs its letters with");
  const auto folder = std::make_shared<std::string>();
  command->add_option("--out", *folder, "folder for its secret half; made where it is not there")->required();
  command->footer("Example:\n  varne exchange-key --out dover.exchange");
  command->callback([folder, &status] {
    const SigningKey key = SigningKey::make();
    if (const auto saved = key.save(*folder); !saved) {
      status = failed(saved.error());
      return;
    }
    say("key = \"{}\"\n", hex(key.public_key()));
  });
}

}  // namespace varne::app
