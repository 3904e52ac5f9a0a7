/* line.c: see line.h. */
#include "run/line.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void line_reset(struct line *line) {
  line->length = 0;
  line->failed = false;
}

void line_free(struct line *line) {
  free(line->text);
  *line = (struct line){0};
}

/* Makes room for `more` bytes; false if there is none. */
static bool line_room(struct line *line, size_t more) {
  if (line->failed) return false;
  if (more <= line->capacity - line->length) return true;
  size_t capacity = line->capacity ? line->capacity : 512;
  while (capacity - line->length < more) {
    if (capacity > SIZE_MAX / 2) break;
    capacity *= 2;
  }
  char *text = capacity - line->length < more ? NULL : realloc(line->text, capacity);
  if (text == NULL) {
    line->failed = true;
    return false;
  }
  line->text = text;
  line->capacity = capacity;
  return true;
}

void line_add(struct line *line, const char *bytes, size_t length) {
  if (length == 0 || !line_room(line, length)) return;
  memcpy(line->text + line->length, bytes, length);
  line->length += length;
}

void line_string(struct line *line, const char *text) {
  line_add(line, text, strlen(text));
}

void line_print(struct line *line, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  if (length < 0)
    line->failed = true;
  else if (line_room(line, (size_t)length + 1)) {
    vsnprintf(line->text + line->length, (size_t)length + 1, format, again);
    line->length += (size_t)length;
  }
  va_end(again);
  va_end(arguments);
}

void line_number(struct line *line, uint64_t number) {
  char digits[20];
  size_t at = sizeof digits;
  do
    digits[--at] = (char)('0' + number % 10);
  while ((number /= 10) != 0);
  line_add(line, digits + at, sizeof digits - at);
}

void line_hex(struct line *line, const uint8_t *bytes, size_t length, char separator) {
  static const char digits[] = "0123456789ABCDEF";
  if (length == 0 || !line_room(line, length * 3)) return;
  char *out = line->text + line->length;
  for (size_t i = 0; i < length; i++) {
    if (i > 0 && separator) *out++ = separator;
    *out++ = digits[bytes[i] >> 4];
    *out++ = digits[bytes[i] & 0x0F];
  }
  line->length = (size_t)(out - line->text);
}

/* ---- foreign texts ----------------------------------------------------------- */

/* Characters that act instead of being read, or that XML 1.0 cannot hold. */
static const struct range {
  uint32_t first;
  uint32_t last;
} harmful[] = {
    {0x0000, 0x001F},   /* control characters */
    {0x007F, 0x009F},   /* delete, and controls that terminals obey too */
    {0x061C, 0x061C},   /* Arabic letter mark: turns the direction */
    {0x200B, 0x200F},   /* no width; direction marks */
    {0x2028, 0x202E},   /* line and paragraph separators; direction overrides */
    {0x2060, 0x206F},   /* no width; direction isolates */
    {0xFEFF, 0xFEFF},   /* byte order mark */
    {0xFFF0, 0xFFFB},   /* specials */
    {0xFFFE, 0xFFFF},   /* no characters */
    {0xE0000, 0xE0FFF}, /* invisible tags */
};

/* Length in bytes of the UTF-8 character at `at`, and its code; 0 if it is none. The
 * closing 00 is no continuation, so nothing behind it is looked at. */
static size_t character_at(const unsigned char *at, uint32_t *code) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (at[0] < 0x80) {
    *code = at[0];
    return 1;
  }
  size_t length = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
  if (at[0] < 0xC2 || at[0] > 0xF4) return 0;
  *code = at[0] & (0x7Fu >> length);
  for (size_t i = 1; i < length; i++) {
    if ((at[i] & 0xC0) != 0x80) return 0;
    *code = *code << 6 | (at[i] & 0x3Fu);
  }
  bool surrogate = *code >= 0xD800 && *code <= 0xDFFF;
  return *code < least[length] || *code > 0x10FFFF || surrogate ? 0 : length;
}

/* Length in bytes of the harmless character at `at`; 0 if there is none. */
static size_t harmless_at(const char *at) {
  if (*at >= ' ' && *at < 0x7F) return 1;
  uint32_t code = 0;
  size_t length = character_at((const unsigned char *)at, &code);
  if (length == 0) return 0;
  for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++)
    if (code >= harmful[i].first && code <= harmful[i].last) return 0;
  return length;
}

bool line_harmless(const char *text) {
  while (*text != 0) {
    size_t length = harmless_at(text);
    if (length == 0) return false;
    text += length;
  }
  return true;
}

/* What stands for a character that means something in the notation; NULL: itself. */
static const char *quoted(char c, enum quoting quoting) {
  switch (quoting) {
  case QUOTE_PLAIN: break;
  case QUOTE_JSON: return c == '"' ? "\\\"" : c == '\\' ? "\\\\" : NULL;
  case QUOTE_YAML: return c == '\'' ? "''" : NULL;
  case QUOTE_TAP: return c == '#' ? "\\#" : c == '\\' ? "\\\\" : NULL;
  case QUOTE_XML:
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: break;
    }
  }
  return NULL;
}

/* Appends the character or byte at `at`; returns how many bytes of it were used. */
static size_t add_character(struct line *line, const char *at, enum quoting quoting) {
  size_t length = harmless_at(at);
  if (length == 0) {
    const char *backslash = quoted('\\', quoting);
    line_string(line, backslash ? backslash : "\\");
    line_print(line, "x%02X", (unsigned)(unsigned char)*at);
    return 1;
  }
  const char *other = length == 1 ? quoted(*at, quoting) : NULL;
  if (other)
    line_string(line, other);
  else
    line_add(line, at, length);
  return length;
}

void line_text(struct line *line, const char *text, enum quoting quoting, size_t most) {
  size_t begin = line->length;
  const char *at = text ? text : "";
  while (*at != 0) {
    if (line->length - begin >= most) {
      line_print(line, "... (%zu bytes left out)", strlen(at));
      return;
    }
    at += add_character(line, at, quoting);
  }
}

void line_json(struct line *line, const char *text, size_t most) {
  line_add(line, "\"", 1);
  line_text(line, text, QUOTE_JSON, most);
  line_add(line, "\"", 1);
}
