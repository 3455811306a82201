#include "varne/fleet/tasking.h"

#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "support.h"

namespace varne {
namespace {

const Time now = parse_time("2021-11-24T02:00:00Z").value();

/// Units and boats on one parallel, by kilometres from its west end; reach is a straight line at 10 m/s.
struct Line {
  std::vector<OpenIncident> incidents;
  std::vector<FleetUnit> units;
  std::vector<std::vector<double>> late;  // seconds more, where they are given

  void boat(const std::string& id, double km, std::optional<double> persons = std::nullopt) {
    incidents.push_back({.id = id, .place = place(km), .persons = persons});
  }
  FleetUnit& unit(const std::string& name, double km, std::optional<double> room = std::nullopt) {
    FleetUnit u{.now = {.unit = {}, .place = place(km), .asked = now}, .room = room};
    u.now.unit.name = name;
    u.now.unit.speed_mps = 10;
    units.push_back(u);
    return units.back();
  }
  static Place place(double km) { return destination({1, 51}, 90, km * 1000); }

  [[nodiscard]] std::vector<std::vector<Reach>> reaches() const {
    std::vector<std::vector<Reach>> all;
    for (const auto& incident : incidents) {
      all.emplace_back();
      for (const auto& u : units) {
        Reach r{.unit = u.now.unit.name};
        r.distance_m = distance_m(u.now.place, incident.place);
        r.median = r.ninety = Duration(static_cast<std::int64_t>(r.distance_m * 100));
        r.reached = r.contact = 1;
        r.speed_mps = 10;
        r.arrivals = {{*r.median, 1}};
        all.back().push_back(r);
      }
    }
    return all;
  }
  [[nodiscard]] TaskPlan plan(const TaskOptions& options = {},
                              const std::vector<Proposal>& standing = {}) const {
    return propose(incidents, units, reaches(), options, standing);
  }
  /// The same with what is changed of each reach.
  template <class Change>
  [[nodiscard]] TaskPlan plan_with(Change&& change) const {
    auto all = reaches();
    for (auto& row : all)
      for (Reach& reach : row) change(reach);
    return propose(incidents, units, all);
  }
};

std::string pairs(const TaskPlan& plan) {
  std::vector<std::string> all;
  for (const Proposal& p : plan.proposals)
    all.push_back(p.unit + ">" + p.incident + (p.stop > 1 ? "#" + std::to_string(p.stop) : ""));
  std::sort(all.begin(), all.end());
  std::string out;
  for (const auto& one : all) out += (out.empty() ? "" : " ") + one;
  return out;
}

std::string all(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += text + "; ";
  return out;
}

/// The nearest unit to the first call is the only one that is near the second.
Line crossed() {
  Line line;
  line.boat("I1", 10);
  line.boat("I2", 30);
  line.unit("A", 0);
  line.unit("B", 18);
  return line;
}

TEST(Tasking, looks_at_all_calls_at_once_where_the_nearest_idle_unit_does_not) {
  const TaskPlan plan = crossed().plan();
  EXPECT_EQ(pairs(plan), "A>I1 B>I2");
  EXPECT_NEAR(plan.price, 1000 + 1200, 1);
  EXPECT_NEAR(plan.nearest_price, 800 + 3000, 1);
  EXPECT_NE(plan.proposals[0].text.find("the nearest idle unit, B, would take 13 min"), std::string::npos)
      << plan.proposals[0].text;
}

TEST(Tasking, does_not_ask_again_who_declined) {
  Line line = crossed();
  line.incidents[0].declined = {"A"};
  EXPECT_EQ(pairs(line.plan()), "A>I2 B>I1");
  line.incidents[0].declined = {"A", "B"};
  const TaskPlan plan = line.plan();
  EXPECT_EQ(pairs(plan), "B>I2");
  EXPECT_EQ(all(plan.missing),
            "nobody can be proposed for I1: every available unit has declined; the soonest of all, B, "
            "would take 13 min and has declined; ");
}

TEST(Tasking, sends_several_where_one_cannot_take_all) {
  Line line;
  line.boat("I1", 10, 60);
  line.unit("A", 0, 40);
  line.unit("B", 15, 30);
  line.unit("C", 100, 100);
  const TaskPlan plan = line.plan();
  ASSERT_EQ(plan.proposals.size(), 2U) << pairs(plan);
  double taken = 0;
  for (const Proposal& p : plan.proposals) taken += *p.persons;
  EXPECT_GE(taken, 60);
}

TEST(Tasking, asks_no_unit_that_is_busy_and_says_when_nobody_is_left) {
  Line line = crossed();
  line.units[1].status = UnitStatus::laden;
  line.units[0].status = UnitStatus::off_duty;
  const TaskPlan plan = line.plan();
  EXPECT_EQ(pairs(plan), "");
  EXPECT_EQ(
      all(plan.missing),
      "nobody can be proposed for I1: no unit is available; the soonest of all, B, would take 13 min and "
      "is laden; nobody can be proposed for I2: no unit is available; the soonest of all, B, would take "
      "20 min and is laden; ");
}

TEST(Tasking, goes_on_to_a_second_boat_where_there_are_more_boats_than_units) {
  Line line = crossed();
  line.boat("I3", 33);
  EXPECT_EQ(pairs(line.plan()), "A>I1 B>I2 B>I3#2");
}

TEST(Tasking, goes_on_to_later_boats_at_the_speed_that_the_sea_leaves_it) {
  Line line;
  line.boat("I1", 10);
  line.boat("I2", 16);
  line.unit("A", 0);
  const auto second = [&](double mps) {
    const TaskPlan plan = line.plan_with([&](Reach& reach) { reach.speed_mps = mps; });
    EXPECT_EQ(pairs(plan), "A>I1 A>I2#2");
    return seconds(*plan.proposals.back().after);
  };
  // A quarter of an hour at the first boat, and six kilometres: in a calm at 10 m/s, in this sea at 5.
  EXPECT_NEAR(second(10), 1000 + 900 + 600, 2);
  EXPECT_NEAR(second(5), 1000 + 900 + 1200, 2);
}

TEST(Tasking, says_where_everybody_proposed_would_run_dry_on_the_way) {
  Line line;
  line.boat("I1", 10);
  line.unit("A", 0);
  const TaskPlan dry = line.plan_with([](Reach& reach) { reach.arrives = reach.returns = false; });
  EXPECT_EQ(pairs(dry), "A>I1");
  EXPECT_EQ(dry.run_dry, std::vector<std::string>{"I1"});
  EXPECT_EQ(all(dry.missing), "nobody proposed for I1 would be with the boat before fuel or crew run out; ");
  // Nor does it go on to another boat.
  line.boat("I2", 16);
  EXPECT_EQ(pairs(line.plan_with([](Reach& reach) { reach.arrives = reach.returns = false; })), "A>I1");
  line.incidents.pop_back();
  const TaskPlan one_way = line.plan_with([](Reach& reach) {
    reach.arrives = true;
    reach.returns = false;
  });
  EXPECT_TRUE(one_way.run_dry.empty());
}

TEST(Tasking, says_once_what_is_assumed_of_the_speeds_of_those_who_go) {
  Line line = crossed();
  line.unit("Far", 200);
  const TaskPlan plan = line.plan_with([](Reach& reach) { reach.assumed = "the waves are not known"; });
  EXPECT_EQ(pairs(plan), "A>I1 B>I2");
  EXPECT_EQ(all(plan.missing), "A, B: the waves are not known; ");
}

TEST(Tasking, keeps_a_reserve_but_never_from_a_boat_in_distress) {
  Line line;
  line.boat("I1", 10);
  line.unit("A", 0).now.unit.state = "UK";
  line.unit("B", 100).now.unit.state = "FR";
  TaskOptions options{.reserve = {{.state = "UK"}}};
  EXPECT_EQ(pairs(line.plan(options)), "B>I1");
  line.units[1].status = UnitStatus::off_duty;
  const TaskPlan plan = line.plan(options);
  EXPECT_EQ(pairs(plan), "A>I1");
  EXPECT_EQ(all(plan.missing),
            "a unit to be kept in reserve is sent: a boat in distress would have nobody else; ");
}

TEST(Tasking, a_standing_plan_goes_only_for_one_that_is_better_by_the_margin) {
  Line line;
  line.boat("I1", 10);
  line.unit("A", 0);
  line.unit("B", 20.5);
  const TaskPlan first = line.plan();
  EXPECT_EQ(pairs(first), "A>I1");
  line.units[1].now.place = Line::place(19.8);  // nearer now, by two parts in a hundred
  const TaskPlan second = line.plan({}, first.proposals);
  EXPECT_TRUE(second.kept);
  EXPECT_EQ(pairs(second), "A>I1");
  line.units[1].now.place = Line::place(15);
  EXPECT_EQ(pairs(line.plan({}, second.proposals)), "B>I1");
  // What cannot stand does not stand.
  line.units[1].now.place = Line::place(19.8);
  line.incidents[0].declined = {"A"};
  EXPECT_EQ(pairs(line.plan({}, second.proposals)), "B>I1");
}

TEST(Tasking, goes_by_lives_only_where_a_sourced_table_answers) {
  Line line;
  line.boat("I1", 10, 1);   // one in the water
  line.boat("I2", 12, 30);  // thirty in a boat
  line.incidents[0].who.in_water = true;
  line.unit("A", 0);
  const TaskOptions unknown{.objective = Objective::lives};
  const TaskPlan without = line.plan(unknown);
  EXPECT_EQ(without.objective, Objective::first_unit);
  EXPECT_NE(all(without.missing).find("how long people live is not known for I1"), std::string::npos);

  const test::Scratch scratch;
  const auto table =
      SurvivalTable::load(scratch.write("survival.toml",
                                        "[[case]]\nsource = \"made up for this test\"\nin_water = true\n"
                                        "[[case.row]]\nminutes = 0\nalive = 1\n"
                                        "[[case.row]]\nminutes = 60\nalive = 0\n"
                                        "[[case]]\nsource = \"made up for this test\"\nin_water = false\n"
                                        "[[case.row]]\nminutes = 0\nalive = 1\n"
                                        "[[case.row]]\nminutes = 6000\nalive = 1\n"));
  ASSERT_TRUE(table) << table.error().text();
  EXPECT_NEAR(*table->alive({.in_water = true}, 900), 0.75, 1e-9);
  EXPECT_FALSE(table->alive({.in_water = true}, 3601));
  const TaskPlan with = line.plan({.objective = Objective::lives, .survival = &*table});
  EXPECT_EQ(with.objective, Objective::lives);
  EXPECT_EQ(pairs(with).substr(0, 4), "A>I1") << "nobody in the boat dies meanwhile";
}

TEST(Survival, a_table_without_source_or_out_of_order_is_refused) {
  const test::Scratch scratch;
  const auto refusal = [&](const std::string& text) {
    const auto table = SurvivalTable::load(scratch.write("s.toml", text));
    return table ? "" : table.error().what;
  };
  const std::string rows = "[[case.row]]\nminutes = 0\nalive = 1\n[[case.row]]\nminutes = 9\nalive = 0.5\n";
  EXPECT_EQ(refusal("[[case]]\nsource = \"\"\nin_water = true\n" + rows),
            "is empty; say who found this, and where it is published");
  const std::string good = "[[case]]\nsource = \"x\"\nin_water = true\n" + rows;
  EXPECT_EQ(refusal(good), "");
  EXPECT_EQ(refusal(good + good), "covers what an earlier case covers");
  EXPECT_EQ(refusal(good + "[[case.row]]\nminutes = 10\nalive = 0.6\n"), "more live than before");
  EXPECT_EQ(refusal(good + "[[case.row]]\nminutes = 9\nalive = 0.4\n"), "they do not ascend from 0");
}

RC_GTEST_PROP(Tasking, is_never_dearer_than_the_nearest_idle_unit, ()) {
  Line line;
  const int boats = *rc::gen::inRange(1, 6);
  const int units = *rc::gen::inRange(0, 6);
  for (int i = 0; i < boats; ++i) line.boat("I" + std::to_string(i), *rc::gen::inRange(0, 80));
  for (int i = 0; i < units; ++i) line.unit("U" + std::to_string(i), *rc::gen::inRange(0, 80));
  const TaskPlan plan = line.plan();
  RC_ASSERT(plan.price <= plan.nearest_price + 1e-6);
}

}  // namespace
}  // namespace varne
