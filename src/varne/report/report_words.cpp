/// The report's section on who knew what, when: boat by boat every word of it, the time that it bears, the
/// time when it was known here, and what the record made of it. From entries alone.

#include <algorithm>

#include "varne/report/report_parts.h"

namespace varne::page {
namespace {

using Word = ReportFacts::Word;

constexpr double same_moment_s = 60;
constexpr double whole_days_s = 12 * 3600;

std::string date_of(Time time) {
  return iso(time).substr(0, 10);
}

/// "02:31", "2022-11-13" of what was published, or a span.
std::string when_said(const Word& word, Time of_day) {
  if (word.error_s > 0) return span(word.said, word.error_s, of_day);
  return word.kind == "claim" ? date_of(word.said) : clock(word.said, of_day);
}

/// When it was known here, where that is later than it was said.
std::string when_known(const Word& word, Time of_day) {
  const double later_s = seconds(word.known - word.said);
  if (later_s <= std::max(same_moment_s, word.error_s)) return "at the time";
  return date_of(word.known) == date_of(of_day) ? clock(word.known, of_day) : date_of(word.known);
}

std::string rows_of(const std::vector<const Word*>& words, Time of_day) {
  std::string out;
  for (const Word* word : words) {
    std::string answers;
    for (const std::string& answer : word->answers) answers += "<p>" + escaped(answer) + "</p>";
    out += fmt::format(
        "<tr><td class=\"when\">{}</td><td class=\"when\">{}</td><td>{}</td><td>{}</td><td "
        "class=\"answers\">{}</td></tr>",
        when_said(*word, of_day), when_known(*word, of_day), escaped(word->from), escaped(word->what),
        answers);
  }
  return out;
}

/// What others published of this boat, subject by subject, where they differ and where they agree.
std::string side_by_side(const ReportFacts::Boat& boat, Time of_day) {
  std::map<std::string, std::vector<const Word*>> by_subject;
  for (const Word& word : boat.words) {
    if (word.kind == "claim") by_subject[word.subject].push_back(&word);
  }
  if (by_subject.empty()) return "";
  std::string out =
      "<h4>What was published of it, side by side</h4><p>Nothing here is averaged or chosen; none of it "
      "enters the "
      "account.</p><div class=\"wide\"><table class=\"sides\"><thead><tr><th>Of "
      "what</th><th>Published</th><th>By</th><th>Says</th><th>Status</th></tr></thead><tbody>";
  for (const auto& [subject, words] : by_subject) {
    std::string name = subject;
    std::replace(name.begin(), name.end(), '_', ' ');
    for (const Word* word : words)
      out +=
          fmt::format("<tr{}><td>{}</td><td class=\"when\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                      word == words.front() ? " class=\"first\"" : "",
                      word == words.front() ? "<b>" + escaped(name) + "</b>" : "", when_said(*word, of_day),
                      escaped(word->from), escaped(word->what), escaped(word->status));
  }
  return out + "</tbody></table></div>";
}

}  // namespace

std::string span(Time time, double error_s, Time of_day) {
  const Duration error(static_cast<std::int64_t>(error_s * 1000));
  const Time from = time - error;
  const Time to = time + error;
  if (error_s >= whole_days_s) return date_of(from) + " to " + date_of(to);
  return clock(from, of_day) + "–" + (date_of(from) == date_of(to) ? clock(to, to) : clock(to, of_day));
}

std::string who_knew(const ReportFacts& facts, Time of_day) {
  constexpr std::size_t shown_at_once = 3;
  std::string out =
      "<p>Every word of a boat in the order in which it was known here: when it was said or seen (a span "
      "where that "
      "is not known better), when it was known, by whose word, and what the record answered.</p>";
  for (const auto& [number, boat] : facts.boats) {
    if (!boat.last) continue;
    std::vector<const Word*> words;
    for (const Word& word : boat.words) {
      if (word.kind != "claim") words.push_back(&word);
    }
    const std::string& id = boat.last->incident;
    const std::string name = name_of(boat);
    out += fmt::format(
        "<details{}><summary><b>{}</b> {}: coordinated by {}</summary><div class=\"wide\"><table "
        "class=\"words\"><thead><tr><th>Said</th><th>Known</th><th>By whom</th><th>What</th><th>What the "
        "record "
        "answered</th></tr></thead><tbody>{}</tbody></table></div>{}</details>",
        facts.boats.size() <= shown_at_once ? " open" : "", escaped(id), escaped(name == id ? "" : name),
        coordination(boat, of_day), rows_of(words, of_day), side_by_side(boat, of_day));
  }
  return out;
}

}  // namespace varne::page
