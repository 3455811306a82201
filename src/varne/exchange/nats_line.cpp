#include "varne/exchange/nats_line.h"

#include <fmt/format.h>
#include <nats/nats.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "varne/core/text.h"
#include "varne/exchange/envelope.h"

namespace varne {
namespace {

using namespace std::chrono_literals;

constexpr auto between_tries = 250ms;
constexpr std::int64_t fetch_ms = 500;
/// A letter that the desk has not written down by then comes again.
constexpr std::int64_t again_after_ns = 5'000'000'000;
constexpr std::int64_t api_wait_ms = 2000;

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* one) const { destroy(one); }
};
using Options = std::unique_ptr<natsOptions, Destroy<natsOptions, natsOptions_Destroy>>;
using Connection = std::unique_ptr<natsConnection, Destroy<natsConnection, natsConnection_Destroy>>;
using JetStream = std::unique_ptr<jsCtx, Destroy<jsCtx, jsCtx_Destroy>>;
using Subscription = std::unique_ptr<natsSubscription, Destroy<natsSubscription, natsSubscription_Destroy>>;
using Message = std::unique_ptr<natsMsg, Destroy<natsMsg, natsMsg_Destroy>>;

/// A centre's name as one token of a subject.
std::string token(std::string name) {
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '-';
  return name;
}
std::string stream_of(const std::string& centre) {
  return "varne-" + token(centre);
}
std::string subject_of(const std::string& from, const std::string& to) {
  return fmt::format("varne.letters.{}.{}", token(from), token(to));
}
std::string again_subject(const std::string& from, const std::string& to) {
  return fmt::format("varne.again.{}.{}", token(from), token(to));
}

std::string_view bytes_of(natsMsg* message) {
  return {natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message))};
}

class NatsLine final : public Line {
 public:
  NatsLine(boost::asio::io_context& io, PartnerFile file, Options options)
      : io_(io), file_(std::move(file)), options_(std::move(options)) {}
  NatsLine(const NatsLine&) = delete;
  NatsLine& operator=(const NatsLine&) = delete;
  ~NatsLine() override {
    {
      const std::lock_guard guard(mutex_);
      over_ = true;
    }
    wake_.notify_all();
    if (connection_) natsConnection_Close(connection_.get());
    for (auto& thread : threads_) thread.join();
    again_.clear();
  }

  void start() override {
    threads_.emplace_back([this] { speak(); });
    for (const JoinedCentre& one : file_.joined) threads_.emplace_back([this, &one] { listen(one); });
  }

  void send(const std::string& to, std::uint64_t number, std::string letter) override {
    {
      const std::lock_guard guard(mutex_);
      outgoing_.push_back({to, number, std::move(letter)});
    }
    wake_.notify_all();
  }

  void ask_again(const std::string& centre, std::uint64_t number) override {
    if (!connected()) return;
    const std::string text = std::to_string(number);
    // Asked again with the next letter that comes out of turn: a loss here does no harm.
    (void)natsConnection_PublishString(connection_.get(), again_subject(centre, file_.own).c_str(),
                                       text.c_str());
  }

 private:
  struct Outgoing {
    std::string to;
    std::uint64_t number;
    std::string letter;
  };

  template <class What>
  void post(What&& what) {
    boost::asio::post(io_, [alive = std::weak_ptr<int>(alive_), what = std::forward<What>(what)] {
      if (!alive.expired()) what();
    });
  }
  bool wait(std::chrono::milliseconds time) {
    std::unique_lock guard(mutex_);
    return !wake_.wait_for(guard, time, [this] { return over_; });
  }
  [[nodiscard]] bool over() {
    const std::lock_guard guard(mutex_);
    return over_;
  }
  [[nodiscard]] bool connected() {
    const std::lock_guard guard(mutex_);
    return connection_ != nullptr;
  }

  /// The first connection; the client library makes each later one by itself.
  bool connect() {
    for (;;) {
      natsConnection* made = nullptr;
      const natsStatus status = natsConnection_Connect(&made, options_.get());
      if (status == NATS_OK) {
        const std::lock_guard guard(mutex_);
        connection_.reset(made);
        if (over_) return false;
        return true;
      }
      for (const JoinedCentre& one : file_.joined)
        stand(one.centre, false,
              fmt::format("no nats-server at {}: {}", file_.url, natsStatus_GetText(status)));
      if (!wait(2 * between_tries)) return false;
    }
  }

  [[nodiscard]] JetStream jetstream(const std::string& domain) const {
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = api_wait_ms;
    if (!domain.empty()) options.Domain = domain.c_str();
    jsCtx* made = nullptr;
    natsConnection_JetStream(&made, connection_.get(), &options);
    return JetStream(made);
  }

  /// Its own thread: what this desk has to say.
  void speak() {
    if (!connect()) return;
    const JetStream js = jetstream(file_.domain);
    while (!keep_stream(js.get()))
      if (!wait(between_tries)) return;
    for (const JoinedCentre& one : file_.joined) {
      listen_for_again(one.centre);
      std::optional<std::uint64_t> kept;
      while (!(kept = last_kept(js.get(), one.centre)))
        if (!wait(between_tries)) return;
      post([this, centre = one.centre, next = *kept + 1] { wanted(centre, next); });
    }
    for (;;) {
      std::unique_lock guard(mutex_);
      wake_.wait(guard, [this] { return over_ || !outgoing_.empty(); });
      if (over_) return;
      const Outgoing next = outgoing_.front();
      guard.unlock();
      const std::string subject = subject_of(file_.own, next.to);
      const natsStatus status = js_Publish(nullptr, js.get(), subject.c_str(), next.letter.data(),
                                           static_cast<int>(next.letter.size()), nullptr, nullptr);
      if (status == NATS_OK) {
        const std::lock_guard taken(mutex_);
        outgoing_.pop_front();
      } else if (!wait(between_tries)) {
        return;
      }
    }
  }

  bool keep_stream(jsCtx* js) const {
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    const std::string name = stream_of(file_.own);
    const std::string all = fmt::format("varne.letters.{}.*", token(file_.own));
    const char* subjects[] = {all.c_str()};
    config.Name = name.c_str();
    config.Subjects = subjects;
    config.SubjectsLen = 1;
    config.Storage = js_FileStorage;
    jsStreamInfo* info = nullptr;
    if (js_GetStreamInfo(&info, js, name.c_str(), nullptr, nullptr) == NATS_OK) {
      jsStreamInfo_Destroy(info);
      return true;
    }
    return js_AddStream(nullptr, js, &config, nullptr, nullptr) == NATS_OK;
  }

  /// Number of the last letter that the stream holds for this centre; 0 none. Nothing where it does not say.
  std::optional<std::uint64_t> last_kept(jsCtx* js, const std::string& centre) const {
    natsMsg* got = nullptr;
    const natsStatus status = js_GetLastMsg(&got, js, stream_of(file_.own).c_str(),
                                            subject_of(file_.own, centre).c_str(), nullptr, nullptr);
    const Message message(got);
    if (status == NATS_NOT_FOUND) return 0;
    if (status != NATS_OK) return std::nullopt;
    const auto letter = read_letter(bytes_of(message.get()));
    return letter ? letter->number : 0;
  }

  void listen_for_again(const std::string& centre) {
    natsSubscription* made = nullptr;
    again_from_.push_back(std::make_unique<std::pair<NatsLine*, std::string>>(this, centre));
    (void)natsConnection_Subscribe(
        &made, connection_.get(), again_subject(file_.own, centre).c_str(),
        [](natsConnection*, natsSubscription*, natsMsg* got, void* closure) {
          const Message message(got);
          const auto* from = static_cast<std::pair<NatsLine*, std::string>*>(closure);
          const auto number = parse_whole(bytes_of(message.get()));
          if (!number || *number < 1) return;
          from->first->post([line = from->first, centre = from->second,
                             n = static_cast<std::uint64_t>(*number)] { line->wanted(centre, n); });
        },
        again_from_.back().get());
    again_.emplace_back(made);
  }

  /// A thread for each other centre: what its desk says.
  void listen(const JoinedCentre& from) {
    while (!connected())
      if (!wait(between_tries)) return;
    const JetStream js = jetstream(from.domain);
    Subscription letters;
    while (!over()) {
      std::string why;
      if (!letters) letters = subscribe(js.get(), from.centre, why);
      if (!letters) {
        stand(from.centre, false, fmt::format("the desk of {} cannot be reached ({})", from.centre, why));
        if (!wait(between_tries)) return;
        continue;
      }
      natsMsgList list{};
      const natsStatus status = natsSubscription_Fetch(&list, letters.get(), 1, fetch_ms, nullptr);
      if (status == NATS_OK || status == NATS_TIMEOUT) {
        stand(from.centre, true, fmt::format("linked with the desk of {}", from.centre));
      } else {
        stand(from.centre, false,
              fmt::format("the desk of {} cannot be reached: {}", from.centre, natsStatus_GetText(status)));
        letters.reset();
        if (!wait(between_tries)) return;
      }
      for (int i = 0; i < list.Count; ++i) {
        const auto message = std::make_shared<Message>(std::exchange(list.Msgs[i], nullptr));
        std::string letter(bytes_of(message->get()));
        post([this, centre = from.centre, letter = std::move(letter), message] {
          came(centre, letter, [message] { natsMsg_Ack(message->get(), nullptr); });
        });
      }
      natsMsgList_Destroy(&list);
    }
  }

  Subscription subscribe(jsCtx* js, const std::string& centre, std::string& why) const {
    const std::string durable = "for-" + token(file_.own);
    const std::string stream = stream_of(centre);
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = stream.c_str();
    options.Config.AckPolicy = js_AckExplicit;
    options.Config.AckWait = again_after_ns;
    options.Config.MaxAckPending = 1;  // in order, one after another
    natsSubscription* made = nullptr;
    jsErrCode code{};
    const natsStatus status = js_PullSubscribe(&made, js, subject_of(centre, file_.own).c_str(),
                                               durable.c_str(), nullptr, &options, &code);
    if (status != NATS_OK) why = fmt::format("{}, {}", natsStatus_GetText(status), static_cast<int>(code));
    return Subscription(made);
  }

  void stand(const std::string& centre, bool up, std::string state) {
    const std::lock_guard guard(mutex_);
    auto& last = standing_[centre];
    if (last == std::pair{up, state}) return;
    last = {up, state};
    post([this, centre, up, state = std::move(state)] { stands(centre, up, state); });
  }

  boost::asio::io_context& io_;
  const PartnerFile file_;
  const Options options_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  std::deque<Outgoing> outgoing_;
  std::map<std::string, std::pair<bool, std::string>> standing_;
  Connection connection_;
  std::vector<std::unique_ptr<std::pair<NatsLine*, std::string>>> again_from_;
  std::vector<Subscription> again_;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<Line>> nats_line(boost::asio::io_context& io, const PartnerFile& file) {
  natsOptions* made = nullptr;
  natsOptions_Create(&made);
  Options options(made);
  const auto set = [&](natsStatus status, const std::string& what) -> Done {
    return status == NATS_OK ? Done{}
                             : fail(what, std::string("cannot be used: ") + natsStatus_GetText(status));
  };
  std::vector<Done> done{
      set(natsOptions_SetURL(made, file.url.c_str()), file.url),
      set(natsOptions_SetName(made, ("varne " + file.own).c_str()), "own"),
      set(natsOptions_SetMaxReconnect(made, -1), "url"),
      set(natsOptions_SetReconnectWait(made, between_tries.count()), "url"),
      set(natsOptions_SetTimeout(made, api_wait_ms), "url"),
      set(natsOptions_SetNoEcho(made, true), "url"),
  };
  if (!file.credentials.empty())
    done.push_back(set(natsOptions_SetUserCredentialsFromFiles(made, file.credentials.c_str(), nullptr),
                       file.credentials));
  if (file.url.starts_with("tls://") || !file.authority.empty())
    done.push_back(set(natsOptions_SetSecure(made, true), "url"));
  if (!file.authority.empty())
    done.push_back(set(natsOptions_LoadCATrustedCertificates(made, file.authority.c_str()), file.authority));
  if (!file.certificate.empty())
    done.push_back(
        set(natsOptions_LoadCertificatesChain(made, file.certificate.c_str(), file.private_key.c_str()),
            file.certificate));
  for (const Done& one : done)
    if (!one) return std::unexpected(one.error());
  return std::make_unique<NatsLine>(io, file, std::move(options));
}

}  // namespace varne
