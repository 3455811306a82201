#pragma once
/// A text that many may hold and nobody changes: eight bytes, copied by counting.

#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <new>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace varne {

/// What a feed said, on its way from the reader to the picture and the record: made once, held by each.
/// Empty costs nothing. Safe to copy and let go of on any thread.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string_view text) {
    if (text.empty()) return;
    void* memory = ::operator new(sizeof(Head) + text.size());
    head_ = new (memory) Head{{1}, static_cast<std::uint32_t>(text.size())};
    std::memcpy(reinterpret_cast<char*>(head_ + 1), text.data(), text.size());
  }
  SharedText(const std::string& text) : SharedText(std::string_view(text)) {}
  SharedText(const char* text) : SharedText(std::string_view(text)) {}
  SharedText(const SharedText& other) : head_(other.head_) {
    if (head_ != nullptr) head_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText&& other) noexcept : head_(std::exchange(other.head_, nullptr)) {}
  SharedText& operator=(SharedText other) noexcept {
    std::swap(head_, other.head_);
    return *this;
  }
  ~SharedText() {
    if (head_ != nullptr && head_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1)
      ::operator delete(head_);
  }

  [[nodiscard]] std::string_view view() const {
    return head_ == nullptr ? std::string_view()
                            : std::string_view(reinterpret_cast<const char*>(head_ + 1), head_->size);
  }
  [[nodiscard]] std::string str() const { return std::string(view()); }
  [[nodiscard]] bool empty() const { return head_ == nullptr; }
  [[nodiscard]] std::size_t size() const { return view().size(); }
  operator std::string_view() const { return view(); }
  operator std::string() const { return str(); }

  friend bool operator==(const SharedText& a, const SharedText& b) { return a.view() == b.view(); }
  friend bool operator==(const SharedText& a, std::string_view b) { return a.view() == b; }
  friend bool operator==(const SharedText& a, const std::string& b) { return a.view() == b; }
  friend bool operator==(const SharedText& a, const char* b) { return a.view() == b; }
  friend std::string operator+(const SharedText& a, std::string_view b) { return a.str().append(b); }
  friend std::ostream& operator<<(std::ostream& out, const SharedText& text) { return out << text.view(); }

 private:
  struct Head {
    std::atomic<std::uint32_t> holders;
    std::uint32_t size;
  };
  Head* head_ = nullptr;  ///< its characters behind it
};

inline std::string_view format_as(const SharedText& text) {
  return text.view();
}

}  // namespace varne
