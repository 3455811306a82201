/// What a text says to the eye.
#include "varne/core/letters.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace varne {
namespace {

/// Nothing that anybody could see: blanks, controls, zero widths, direction marks, fillers, marks alone.
const std::vector<std::string> unseen{
    "",       " ",          "\t \r\n", "\u00A0", "\u3000", "\u200B\u200C", "\u200D", "\u202E\u202C",
    "\u2066", "\u115F",     "\u3164",  "\uFFA0", "\u00AD", "\u0301\u0302", "\u034F", "\u2800",
    "\uFEFF", "\U000E0041", "\uFE0F",  "\x1B",   "\u061C", "\u180E",       "\u17B4", "\uE000",
    "\u2028", "\x80\xFF",   "\x01",    "\u206A",
};

TEST(Letters, what_nobody_can_see_has_no_letter) {
  for (const auto& text : unseen) {
    EXPECT_FALSE(has_letter(text)) << text;
    EXPECT_FALSE(has_letter_or_digit(text)) << text;
    EXPECT_EQ(as_seen(text), "") << text;
  }
}

TEST(Letters, signs_and_digits_are_no_letters) {
  for (const char* text : {"-", "...", "?", "12", "(7)", "٣", "—", "✓", "\U0001F6A2"})
    EXPECT_FALSE(has_letter(text)) << text;
  for (const char* text : {"12", "(7)", "٣", "７"}) EXPECT_TRUE(has_letter_or_digit(text)) << text;
}

TEST(Letters, names_in_any_script_have_letters) {
  for (const char* text : {"a", "CROSS Gris-Nez", "préfet maritime", "Ærø", "Капитан", "Λιμενικό", "قبطان",
                           "船長", "선장", "कप्तान", "\u200Bx"})
    EXPECT_TRUE(has_letter(text)) << text;
}

TEST(Letters, the_first_character_that_cannot_be_seen_is_named) {
  EXPECT_EQ(invisible_in("Charlie"), "");
  EXPECT_EQ(invisible_in("préfet maritime, n° 7"), "");
  EXPECT_EQ(invisible_in("Char\u200Blie\u202E"), "U+200B");
  EXPECT_EQ(invisible_in("Charlie\u202E"), "U+202E");
  EXPECT_EQ(invisible_in("Charlie\x1B[2J"), "U+001B");
  EXPECT_EQ(invisible_in("Charlie\U000E0041"), "U+E0041");
  EXPECT_EQ(invisible_in("Charlie\xFF"), "U+0000");  // bytes that are no UTF-8
}

TEST(Letters, texts_that_look_alike_are_seen_as_one) {
  for (const char* text : {"A. Exercise", "a. exercise", " A.  Exercise ", "А. Ехеrсіѕе",
                           "Ａ．　Ｅｘｅｒｃｉｓｅ", "A.\u00A0Exercise", "A. Exer\u00ADcise",
                           "A. Exercise\u200B", "Α. Exercise", "A. Exerci\u0301se", "𝐀. 𝐄𝐱𝐞𝐫𝐜𝐢𝐬𝐞"})
    EXPECT_EQ(as_seen(text), "a. exercise") << text;
  for (const char* text : {"I2", "i2", "І2", "Ι2", "Ｉ２", "Ⅰ2", "ı2", "I²", "I②", "I٢",
                           "I\u0332"
                           "2"})
    EXPECT_EQ(as_seen(text), "i2") << text;
  EXPECT_NE(as_seen("A. Exercise"), as_seen("B. Exercise"));
  EXPECT_EQ(as_seen("船長"), "船長");
}

TEST(Letters, a_plain_name_is_of_ascii_letters_digits_and_three_signs) {
  for (const char* text : {"turn_round", "uk-turnaround-2021", "a.b", "X"}) EXPECT_TRUE(is_plain_name(text));
  for (const char* text : {"", " ", "turn round", "turn\u200B", "rеscue", "ｒｅｓｃｕｅ", "a/b", "a\n"})
    EXPECT_FALSE(is_plain_name(text)) << text;
}

}  // namespace
}  // namespace varne
