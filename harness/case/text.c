/* text.c: is a file text at all? Asked before anything else looks at it. */
#include "case/node.h"

#include <stdint.h>

/* Length of the UTF-8 character at `bytes`, 0 if there is none. Overlong forms,
 * surrogates and numbers above 10FFFF are none (Unicode 15, table 3-7). */
static size_t character_length(const uint8_t *bytes, size_t left) {
  uint8_t first = bytes[0];
  if (first < 0x80) return 1;
  size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || length > left) return 0;
  uint8_t least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  uint8_t most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (bytes[1] < least || bytes[1] > most) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
  }
  return length;
}

static bool is_control(uint8_t byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

size_t text_check(const char *file, const char *bytes, size_t length,
                  struct complaints *complaints) {
  const uint8_t *at = (const uint8_t *)bytes;
  const uint8_t *end = at + length;
  const uint8_t *line = at;
  struct place place = {file, 1, 1};
  while (at < end) {
    size_t size = character_length(at, (size_t)(end - at));
    if (size == 0) {
      complain(complaints, &place, "byte 0x%02X is not UTF-8 text", *at);
      return (size_t)(line - (const uint8_t *)bytes);
    }
    if (is_control(*at)) {
      complain(complaints, &place, "control character 0x%02X in a text file", *at);
      return (size_t)(line - (const uint8_t *)bytes);
    }
    if ((size_t)(at - line) >= LINE_MAX_BYTES && *at != '\n') {
      complain(complaints, &place, "a line of more than %u bytes", LINE_MAX_BYTES);
      return (size_t)(line - (const uint8_t *)bytes);
    }
    place.column++;
    at += size;
    if (at[-1] == '\n') {
      place = (struct place){file, place.line + 1, 1};
      line = at;
    }
  }
  return length;
}
