#include "varne/serve/sign_in.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <new>

#include "varne/access/password.h"

namespace varne {
namespace asio = boost::asio;
namespace {

/// Half a second of hashing for one address, some seconds for all.
constexpr std::size_t most_of_one = 4;
constexpr std::size_t most_of_all = 64;
constexpr std::size_t longest_account = 64;

constexpr const char* no_match =
    "That account and password do not go together, or the one-time code is not right.";
constexpr const char* not_yours = "That is not your password.";

/// A machine without 64 MiB to spare hashes nothing, and goes on.
Result<std::string> hash_of(const std::string& password) {
  try {
    return password_hash(password);
  } catch (const std::bad_alloc&) {
    return fail("", "there is no memory for a password's hash just now; try again");
  }
}

bool fits(const std::string& hash, const std::string& password) {
  try {
    return password_fits(hash, password);
  } catch (const std::bad_alloc&) {
    return false;
  }
}

}  // namespace

void SignIn::ask(Asked asked, std::function<void(const Outcome&)> done) {
  asked.account.resize(std::min(asked.account.size(), longest_account));
  const auto wait = patience_.wait(asked.account, asked.address, Patience::Clock::now());
  if (wait > Patience::Clock::duration(0))
    return done({.wait = std::chrono::ceil<std::chrono::seconds>(wait)});
  const auto own = waiting_.find(asked.address);
  if (all_waiting_ >= most_of_all || (own != waiting_.end() && own->second >= most_of_one))
    return done({.wait = std::chrono::seconds(1)});
  ++all_waiting_;
  ++waiting_[asked.address];
  std::string hash = accounts_.password_hash_of(asked.account);
  asio::post(hasher_, [&io = io_, weak = weak_from_this(), asked = std::move(asked), hash = std::move(hash),
                       done = std::move(done)] {
    asio::post(io, [weak, asked, hash, fits = fits(hash, asked.password), done] {
      if (const auto self = weak.lock()) self->judge(asked, hash, fits, done);
    });
  });
}

void SignIn::judge(const Asked& asked, const std::string& hash, bool fits,
                   const std::function<void(const Outcome&)>& done) {
  --all_waiting_;
  if (--waiting_[asked.address] == 0) waiting_.erase(asked.address);
  const auto session = fits && !asked.only_password
                           ? accounts_.begin_session(asked.account, hash, asked.code, now_())
                           : std::nullopt;
  if (session || (fits && asked.only_password)) {
    patience_.succeeded(asked.account, asked.address);
    return done({.session = session.value_or("")});
  }
  patience_.failed(asked.account, asked.address, Patience::Clock::now());
  done({.refused = asked.only_password ? not_yours : no_match});
}

void SignIn::hash(std::string password, std::function<void(const Result<std::string>&)> done) {
  if (auto why = unfit_password(password); !why.empty()) return done(fail("password", why));
  if (all_waiting_ >= most_of_all) return done(fail("", "too many sign in just now; try again"));
  ++all_waiting_;
  asio::post(hasher_,
             [&io = io_, weak = weak_from_this(), password = std::move(password), done = std::move(done)] {
               asio::post(io, [weak, hash = hash_of(password), done] {
                 const auto self = weak.lock();
                 if (!self) return;
                 --self->all_waiting_;
                 done(hash);
               });
             });
}

}  // namespace varne
