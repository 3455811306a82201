/// What names, files and records hold may not steer the terminal of whoever looks at them, whatever the
/// command.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "desk/small_day.h"
#include "ran.h"
#include "sea/netcdf_support.h"
#include "varne/core/for_terminal.h"

namespace varne {
namespace {

/// Clears the screen; sets a colour by one C1 character; turns what follows round.
const std::string hostile = "\x1b[2J\u009b31m\u202e";
const std::string hostile_in_toml = R"(\u001B[2J\u009B31m\u202E)";

/// A folder whose very name is hostile, with something in it for each command.
class HostileFolder {
 public:
  HostileFolder() : folder_(scratch_.file(hostile) + "/") {
    std::filesystem::create_directory(folder_);
    const test::Scratch plain;
    const std::string day = test::write_small_day(plain);
    std::filesystem::copy(day, folder_ + "day");
    std::string title = test::read_all(folder_ + "day/day.toml");
    title.replace(title.find("A small day"), 11, hostile_in_toml);
    write("day/day.toml", title);
    write("feed.nmea", "!AIVDM,1,1,,A," + hostile + ",0*00\n");
    write("doctrine.toml", "name = \"" + hostile_in_toml + "\"\n");
    write("encounter.json", "{\"now\": \"" + hostile_in_toml.substr(6) + "\"}");
    write("tracks.csv", "track,time,lon,lat\n" + hostile + ",then,1,51\n");
    write("daily.csv", "date,people,boats\n" + hostile + ",1,1\n");
    // Its waves have no units, which the reader says, with the file's name.
    test::SmallSea{
        .given = {{"uo", {{"units", "m s-1"}}, 0.5}, {"vo", {{"units", "m s-1"}}, 0.1}, {"VHM0", {}, 1}}}
        .write(folder_ + "sea" + hostile + ".nc");
    said_by("replay", "'@day' --report '@out' --record '@day.db'");
  }
  /// Both streams of `varne COMMAND`; "@" in the arguments stands for the folder.
  test::Ran said_by(const std::string& command, std::string arguments) const {
    for (std::size_t at = 0; (at = arguments.find('@', at)) != std::string::npos; at += folder_.size())
      arguments.replace(at, 1, folder_);
    return test::ran_varne(command + " " + arguments + " 2>&1");
  }

 private:
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ + name, std::ios::binary) << text;
  }
  test::Scratch scratch_;
  std::string folder_;
};

struct Row {
  const char* command;
  const char* arguments;
};
const Row rows[] = {
    {"account list", "--accounts '@nowhere'"},
    {"calibrate", "'@tracks.csv'"},
    {"campaign", "--no-such-option='@'"},
    {"days fit", "'@nowhere.toml' '@daily.csv' --on 2021"},
    {"decode", "'@feed.nmea'"},
    {"decode", "--json '@feed.nmea'"},
    {"demo", "'@nowhere' --port 0"},
    {"doctrine check", "'@doctrine.toml'"},
    {"doctrine explain", "'@doctrine.toml'"},
    {"drift",
     "--at 1.4,50.8 --time 2021-11-11T00:10Z --hours 1 --class PIW-1 --no-coast --wind 250,8 --forcing "
     "'@'sea*"},
    {"drift", "--at '@' --time 2021-11-11T00:10Z --class PIW-1 --wind 250,8 --current 90,1"},
    {"exchange-key", "--no-such-option='@'"},
    {"judge", "'@encounter.json'"},
    {"judge", "--no-such-option='@'"},
    {"prove", "1 --record '@day.db'"},
    {"reach", "--no-such-option='@'"},
    {"rekey", "'@nowhere.db'"},
    {"replay", "'@day'"},
    {"search pod", "--no-such-option='@'"},
    {"serve", "--units '@nowhere.toml' --record '@watch.db' --port 0"},
    {"serve", "--feed 'nmea=@'"},
    {"tally", "'@daily.csv'"},
    {"tally", "--record '@day.db' --on 2021-11-11"},
    {"task", "'@nowhere.toml'"},
    {"verify", "'@day.db'"},
    {"verify", "'@out/record.jsonl' --json"},
    {"why", "1 --record '@day.db'"},
    {"why", "1 --record '@out/record.jsonl' --json"},
};

TEST(Terminal, no_command_lets_what_it_read_steer_it) {
  const HostileFolder folder;
  for (const Row& row : rows) {
    const auto ran = folder.said_by(row.command, row.arguments);
    EXPECT_EQ(ran.out, for_terminal(ran.out)) << row.command << " " << row.arguments;
    EXPECT_NE(ran.out.find("31m"), std::string::npos) << "nothing hostile was said: " << row.command << "\n"
                                                      << ran.out;
  }
}

TEST(Terminal, every_command_there_is_was_asked) {
  std::set<std::string> asked;
  for (const Row& row : rows)
    asked.insert(std::string(row.command).substr(0, std::string(row.command).find(' ')));
  std::istringstream help(test::ran_varne("--help").out);
  std::string line;
  while (std::getline(help, line) && line != "Subcommands:") continue;
  std::set<std::string> known;
  while (std::getline(help, line) && line.starts_with("  "))
    known.insert(line.substr(2, line.find(' ', 2) - 2));
  EXPECT_FALSE(known.empty());
  known.erase("completion");  // reads nothing
  EXPECT_EQ(asked, known);
}

}  // namespace
}  // namespace varne
