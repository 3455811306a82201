#pragma once
/// One question to somebody else's server, over HTTPS, from a thread that may wait.

#include <string>

#include "varne/core/result.h"

namespace varne {

struct WebAsk {
  std::string address;             ///< https://host[:port]/path, or http://
  std::string authority = {};      ///< PEM file of who vouches for the other's certificate; "" the machine's
  std::string form = {};           ///< sent with POST as application/x-www-form-urlencoded; "": GET
  std::string authorization = {};  ///< never in what is refused
};

/// The body of an answer 200, of a MiB at most. Waits ten seconds in all; follows no redirection. Refuses,
/// naming the host and never what was sent or came: what cannot be reached, a certificate that nobody vouches
/// for or that is another host's, any other answer.
Result<std::string> ask_web(const WebAsk& asked);

}  // namespace varne
