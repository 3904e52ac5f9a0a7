/* words.c: cutting an exec: command into words. */
#include "link/uri.h"

/* Copies one word without its quotes; `*text` is left behind it. False: a quote has
 * no end. */
static bool read_word(const char **text, char **room) {
  char quote = '\0';
  const char *at = *text;
  for (; *at != '\0' && (quote != '\0' || (*at != ' ' && *at != '\t')); at++) {
    if (quote == '\0' && (*at == '\'' || *at == '"')) {
      quote = *at;
    } else if (*at == quote) {
      quote = '\0';
    } else {
      if (*at == '\\' && quote != '\'' && at[1] != '\0') at++;
      *(*room)++ = *at;
    }
  }
  *(*room)++ = '\0';
  *text = at;
  return quote == '\0';
}

bool uri_split_words(const char *command, char *room, char *words[URI_WORDS],
                     struct link_error *error) {
  size_t count = 0;
  for (const char *text = command;;) {
    while (*text == ' ' || *text == '\t')
      text++;
    if (*text == '\0') break;
    if (count + 1 == URI_WORDS)
      return link_fail(error, "exec: takes no more than %d words", URI_WORDS - 1);
    words[count++] = room;
    if (!read_word(&text, &room))
      return link_fail(error, "exec:%.120s: a quote is not closed", command);
  }
  words[count] = NULL;
  if (count == 0) return link_fail(error, "no program stands behind 'exec:'");
  if (words[0][0] == '\0')
    return link_fail(error, "the program behind 'exec:' is an empty word");
  return true;
}
