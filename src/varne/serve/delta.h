#pragma once
/// What has changed for a console since it was last told.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "varne/desk/desk.h"

namespace varne {

/// Gathers changes and gives them as one frame. What a console has been told is remembered as text, so that
/// only what really differs goes out.
class Delta {
 public:
  /// Everything has been told, as a state: later frames begin here.
  void told_all(const Desk& desk);
  void add(const DeskChange& change);
  [[nodiscard]] bool empty() const { return tracks_.empty() && entries_.empty() && !moved_; }
  /// The frame {"type":"delta",…}; forgets what was gathered.
  std::string frame(const Desk& desk);

 private:
  std::set<std::string> tracks_;
  std::vector<Entry> entries_;
  bool moved_ = false;  // time went on
  std::map<std::string, std::string> incidents_;
  std::map<std::string, std::string> units_;
  std::string people_;
};

}  // namespace varne
