/* line.h: text built up in memory, with foreign texts made harmless on the way in.
 *
 * Journals and reports hold texts that came from devices or case files. Whatever could
 * act on a reader instead of being read (control characters, bytes that are not UTF-8,
 * invisible characters and those that turn the direction of writing) is written as
 * \xNN, byte by byte. A backslash that is there already stays as it is, so that a text
 * that was made harmless is not changed when it goes through again; what a device sent
 * exactly stands in the bytes of the journal, not in its texts.
 */
#ifndef RUN_LINE_H
#define RUN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Starts as {0}. When memory runs out `failed` is set, and stays until line_reset():
 * ask once, at the end. */
struct line {
  char *text; /* not closed with 00 */
  size_t length;
  size_t capacity;
  bool failed;
};

/* How a foreign text is quoted. The quotes themselves are not written. */
enum quoting {
  QUOTE_PLAIN, /* as it is */
  QUOTE_JSON,  /* inside "..." */
  QUOTE_XML,   /* an attribute or content */
  QUOTE_YAML,  /* inside '...' */
  QUOTE_TAP,   /* a description: # begins a directive */
};

void line_reset(struct line *line); /* empties it, keeps the memory */
void line_free(struct line *line);

void line_add(struct line *line, const char *bytes, size_t length);
void line_string(struct line *line, const char *text); /* our own text, not foreign */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void line_print(struct line *line, const char *format, ...);
void line_number(struct line *line, uint64_t number);

/* Octets in hexadecimal, with a separator between them or 0 for none. */
void line_hex(struct line *line, const uint8_t *bytes, size_t length, char separator);

/* A foreign text (NULL: empty). Of one that takes more than about `most` bytes the rest
 * is replaced by "... (N bytes left out)". */
void line_text(struct line *line, const char *text, enum quoting quoting, size_t most);

/* The same between double quotes, as a JSON string. */
void line_json(struct line *line, const char *text, size_t most);

/* True if line_text() would write the text as it is, apart from quoting. */
bool line_harmless(const char *text);

#endif
