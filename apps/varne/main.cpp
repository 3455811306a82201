/// varne: the command line. Each subcommand is a file of its own beside this one; none holds logic.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "commands.h"
#include "varne/core/place_of_data.h"

int main(int argc, char** argv) {
  CLI::App app{
      "Varne: an operations room in software for small boats crossing a strait. It advises people; it steers "
      "no "
      "craft and decides nothing."};
  app.name("varne");
  app.set_version_flag("--version", std::string(varne::version()));
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  int status = 0;
  // One line a subcommand.
  varne::app::add_decode(app, status);
  varne::app::add_demo(app, status);
  varne::app::add_doctrine(app, status);
  varne::app::add_drift(app, status);
  varne::app::add_prove(app, status);
  varne::app::add_rekey(app, status);
  varne::app::add_judge(app, status);
  varne::app::add_replay(app, status);
  varne::app::add_serve(app, status);
  varne::app::add_tally(app, status);
  varne::app::add_verify(app, status);
  varne::app::add_why(app, status);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    // 0 for --help and --version, 2 for anything that was asked wrongly.
    return app.exit(wrong) == 0 ? 0 : 2;
  } catch (const std::exception& unexpected) {
    fmt::print(stderr, "varne: unexpected: {}; this is a fault of Varne, please report it\n",
               unexpected.what());
    return 1;
  }
  return status;
}
