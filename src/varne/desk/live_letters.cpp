/// The live desk's letters: what the room tells other centres goes to the line once it is in the record, and
/// what theirs say comes into the room like everything else, through the journal.

#include <boost/asio/post.hpp>

#include "varne/core/fields_json.h"
#include "varne/desk/journal_items.h"
#include "varne/desk/live_desk.h"
#include "varne/desk/next_head.h"
#include "varne/exchange/envelope.h"
#include "varne/room/entries_partner.h"

namespace varne {

Done LiveDesk::join() {
  if (!options_.exchange) return {};
  const DeskExchange& exchange = *options_.exchange;
  auto line = exchange.line(io_);
  if (!line) return std::unexpected(line.error());
  line_ = std::move(*line);
  std::map<std::string, std::pair<Listener*, const JoinedCentre*>> by_centre;
  for (const JoinedCentre& one : exchange.file.joined) {
    const std::string feed = std::string(partner_feed) + one.centre;
    // Like a feed of reports: people speak when they have something to say.
    Listener& from =
        listeners_.emplace_back(Listener{feed, FeedWatch("reports", feed, exchange.file.url), nullptr});
    by_centre[one.centre] = {&from, &one};
    letters_heard_[one.centre] = room().partners().heard_from(one.centre);
  }
  line_->came = [this, by_centre](const std::string& centre, const std::string& letter,
                                  const std::function<void()>& taken) {
    const auto& [from, joined] = by_centre.at(centre);
    letter_came(*from, *joined, letter, taken);
  };
  line_->wanted = [this](const std::string& centre, std::uint64_t number) {
    next_letter_[centre] = number;
    send_letters();
  };
  line_->stands = [this, by_centre](const std::string& centre, bool up, const std::string& state) {
    by_centre.at(centre).first->watch.stands(up, state, arrival_now());
  };
  line_->start();
  return {};
}

/// The line may let go of a letter (`taken`) when it is durable here, or is none that could be taken.
void LiveDesk::letter_came(Listener& from, const JoinedCentre& centre, const std::string& letter,
                           const std::function<void()>& taken) {
  const Time arrival = arrival_now();
  from.watch.heard(arrival);
  from.watch.told(arrival);
  const auto read = check_letter(letter, options_.exchange->file.own, centre.centre, centre.key);
  if (!read) {
    refused(from, read.error(), letter, arrival);
    return taken();
  }
  const std::uint64_t heard = room().partners().heard_from(centre.centre);
  if (read->number <= letters_heard_.at(centre.centre)) return taken();
  if (read->number <= heard) return;  // on its way to the disk
  if (read->number > heard + 1) {
    line_->ask_again(centre.centre, heard + 1);
    return taken();  // it comes again behind what is missing
  }
  (void)take({arrival, from.feed, letter});
  // Where it cannot be written now, the line brings it again when it can.
  open_batch_->waiting.push_back([taken](const Done& durable) {
    if (durable) taken();
  });
}

void LiveDesk::letters_durable(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (entry.kind != entries::LetterSaid::kind) continue;
    entries::LetterSaid letter;
    if (read_json(*parse_json(entry.body), letter) && letter.way == "heard")
      letters_heard_[letter.centre] = letter.letter;
  }
  send_letters();
}

/// The record is the outbox: what is in it and was not sent yet.
void LiveDesk::send_letters() {
  for (auto& [centre, next] : next_letter_) {
    const auto& told = room().partners().told(centre);
    for (; next >= 1 && next <= told.size() && told[next - 1] <= durable_; ++next) {
      const auto entry = ledger_->read(told[next - 1], 1);
      if (!entry || entry->empty()) return;  // tried again with the next
      line_->send(centre, next,
                  sealed_letter(entry->front(), options_.exchange->file.own, options_.exchange->key));
    }
  }
}

/// The other centres keep heads of this record; the proof from the last to a new one is read from it, which
/// takes what a search through it takes: on that thread. One of no entries stands for nothing.
void LiveDesk::tell_head() {
  if (!line_ || signing_head_ || !write_trouble_.empty() || durable_ == 0 ||
      !room().partners().head_due(room().now()))
    return;
  signing_head_ = true;
  finder_->give([this, last = room().partners().last_head()] {
    boost::asio::post(io_, [this, head = next_head(*ledger_, last)] { head_signed(head); });
  });
}

void LiveDesk::head_signed(const Result<letters::Head>& head) {
  signing_head_ = false;
  head_trouble_ = head ? "" : head.error().text();
  if (head) (void)take({arrival_now(), head_feed, canonical_of(*head)});
}

}  // namespace varne
