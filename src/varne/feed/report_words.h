#pragma once
/// What a report's texts must be to stand for something: a name under which a boat is found again, somebody
/// who answers, a reason. Each gives what is wrong with a text, for the person who wrote it; "" where nothing
/// is. An empty text is left to who asks for it.

#include <string>
#include <string_view>

namespace varne {

/// "I7": how reports name an incident by its number instead of by the boat's label. No boat is labelled so.
bool is_incident_number(std::string_view boat);

/// A name that others compare: something to read, and no character that cannot be seen.
std::string fault_of_name(std::string_view text);

/// A boat's label or an incident's number: a name, and nothing that only looks like such a number ("i2",
/// "I-2", "I 2", an I of another alphabet).
std::string fault_of_boat(std::string_view text);

/// Somebody who speaks or answers: a name with letters.
std::string fault_of_speaker(std::string_view text);

/// A reason or a source in free words: letters.
std::string fault_of_words(std::string_view text);

}  // namespace varne
