#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "ran.h"
#include "support.h"

namespace varne {
namespace {

TEST(Misuse, is_said_in_words_by_the_subcommand_it_was_meant_for) {
  const auto said = [](const std::string& arguments) {
    const auto ran = test::ran_varne(arguments + " 2>&1");
    EXPECT_EQ(ran.status, 2) << arguments;
    return ran.out;
  };
  const auto bare = said("");
  EXPECT_NE(bare.find("\n  replay "), std::string::npos) << bare;
  EXPECT_TRUE(bare.ends_with("\nvarne: say which: a subcommand is needed\n")) << bare;
  EXPECT_EQ(said("radar"), "varne: \"radar\" is not known here\nvarne --help shows how it is used.\n");
  EXPECT_EQ(said("doctrine print"),
            "varne: \"print\" is not known here\nvarne doctrine --help shows how it is used.\n");
  EXPECT_EQ(said("verify --hash"),
            "varne: \"--hash\" is not known here\nvarne verify --help shows how it is used.\n");
  EXPECT_EQ(said("verify"), "varne: record is required\nvarne verify --help shows how it is used.\n");
  EXPECT_EQ(said("drift --at 1,51 --at 2,51"),
            "varne: --at: is given more than once\nvarne drift --help shows how it is used.\n");
  EXPECT_EQ(said("demo --port 70000"),
            "varne: --port = 70000: is not a number that fits\nvarne demo --help shows how it is used.\n");
  EXPECT_EQ(said("replay x --speed -1"),
            "varne: --speed: \"-1\" is no number of 0 or more\nvarne replay --help shows how it is used.\n");
  EXPECT_EQ(said("decode x --seconds nan"),
            "varne: --seconds: \"nan\" is no number above 0\nvarne decode --help shows how it is used.\n");
}

TEST(Misuse, a_state_that_no_unit_is_of_keeps_none_back) {
  const test::Scratch folder;
  const auto ran = test::ran_varne("serve --keep Mars --port 0 --record " + folder.file("desk.db") + " 2>&1");
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(
      ran.out.starts_with("varne: --keep: no unit of the list is of \"Mars\"; there are units of FR, UK\n"))
      << ran.out;
  EXPECT_FALSE(std::filesystem::exists(folder.file("desk.db")));
}

TEST(Misuse, names_what_may_have_been_meant) {
  const auto meant = [](const std::string& arguments) {
    const auto said = test::ran_varne(arguments + " 2>&1").out;
    const auto at = said.find("; did you mean ");
    return at == std::string::npos ? "" : said.substr(at + 15, said.find('?', at) - at - 15);
  };
  EXPECT_EQ(meant("drif --at 1,51"), "drift");
  EXPECT_EQ(meant("repaly data/days/2021-11-11"), "replay");
  EXPECT_EQ(meant("doctrine explian x"), "explain");
  EXPECT_EQ(meant("drift --tim 2021-11-11T05:00Z"), "--time");
  EXPECT_EQ(meant("drift --partciles=5"), "--particles");
  EXPECT_EQ(meant("search-and-rescue"), "");
  EXPECT_EQ(meant("drift --salinity 3"), "");
}

TEST(Completion, of_bash_knows_commands_options_and_what_stands_below_a_command) {
  const auto completed = [](const std::string& words, const std::string& last) {
    return test::ran("bash -c 'source <(" VARNE_BINARY " completion); COMP_WORDS=(varne " + words + " \"" +
                     last + "\"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _varne; echo ${COMPREPLY[*]}'")
        .out;
  };
  EXPECT_EQ(completed("", "repl"), "replay\n");
  EXPECT_EQ(completed("doctrine", "e"), "explain\n");
  EXPECT_EQ(completed("drift --at 1.5,51.0", "--part"), "--particles\n");
}

TEST(Help, of_every_subcommand_shows_an_example) {
  for (const char* command :
       {"calibrate", "completion", "decode", "demo", "doctrine", "doctrine check", "doctrine explain",
        "drift", "judge", "prove", "rekey", "replay", "serve", "tally", "verify", "why"}) {
    const auto help = test::ran_varne(std::string(command) + " --help 2>&1");
    EXPECT_EQ(help.status, 0) << command;
    EXPECT_NE(help.out.find(fmt::format("\n  varne {} ", command)), std::string::npos) << help.out;
  }
}

TEST(Output, that_a_full_disk_swallowed_is_a_failure) {
  const test::Scratch scratch;
  const auto log = scratch.write("log", "!AIVDM,1,1,,B,13aGua?P00PHfERNFruh0?vN289E,0*35\n");
  for (const auto& command : {std::string("drift --classes"), "decode --json " + log, "decode " + log}) {
    const auto ran = test::ran_varne(command + " 2>&1 >/dev/full");
    EXPECT_EQ(ran.status, 1) << command;
    EXPECT_NE(ran.out.find("varne: not all that was printed could be written; is the disk full?"),
              std::string::npos)
        << ran.out;
    EXPECT_EQ(ran.out.find("fault of Varne"), std::string::npos) << ran.out;
  }
}

TEST(RekeyCommand, makes_no_record_where_there_is_none) {
  const test::Scratch scratch;
  const auto typed_wrongly = scratch.file("wotch.db");
  const auto absent = test::ran_varne("rekey " + typed_wrongly + " 2>&1");
  EXPECT_EQ(absent.status, 1);
  EXPECT_NE(absent.out.find("wotch.db: there is no such file"), std::string::npos) << absent.out;
  EXPECT_FALSE(std::filesystem::exists(typed_wrongly));
  EXPECT_FALSE(std::filesystem::exists(typed_wrongly + ".keys"));
  const auto empty = test::ran_varne("rekey " + scratch.write("empty.db", "") + " 2>&1");
  EXPECT_EQ(empty.status, 1);
  EXPECT_NE(empty.out.find("empty.db: is no record of Varne"), std::string::npos) << empty.out;
}

}  // namespace
}  // namespace varne
