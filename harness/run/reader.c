/* reader.c: a journal line by line, with memory for one line however long the file. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/record.h"

/* Every journal begins with these bytes, or is a beginning of them if it was cut. */
static const char magic[] = "{\"journal\":";

/* Most journals need no more; a long line makes the buffer grow. */
#define BUFFER_FIRST ((size_t)1 << 16)

struct reader {
  int fd;
  char *path;
  char *buffer;
  size_t capacity;
  size_t begin;    /* of the next line in the buffer */
  size_t end;      /* of what the buffer holds */
  uint64_t offset; /* of the buffer's first byte in the file */
  uint64_t record; /* where the last record's line begins */
  uint64_t line;   /* its number */
  bool sought;     /* then lines are not counted any more */
  struct record_memory memory;
};

struct reader *reader_open(const char *path, char *error, size_t capacity) {
  struct reader *reader = calloc(1, sizeof *reader);
  char *copy = strdup(path), *buffer = malloc(BUFFER_FIRST);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (reader && copy && buffer && fd >= 0) {
    *reader = (struct reader){
        .fd = fd, .path = copy, .buffer = buffer, .capacity = BUFFER_FIRST};
    return reader;
  }
  snprintf(error, capacity, "%s: %s", path, strerror(errno));
  if (fd >= 0) close(fd);
  free(buffer);
  free(copy);
  free(reader);
  return NULL;
}

void reader_close(struct reader *reader) {
  if (reader == NULL) return;
  record_free(&reader->memory);
  close(reader->fd);
  free(reader->path);
  free(reader->buffer);
  free(reader);
}

uint64_t reader_begin(const struct reader *reader) {
  return reader->record;
}

uint64_t reader_end(const struct reader *reader) {
  return reader->offset + reader->begin;
}

void reader_seek(struct reader *reader, uint64_t offset) {
  reader->sought = true;
  if (offset >= reader->offset && offset <= reader->offset + reader->end) {
    reader->begin = (size_t)(offset - reader->offset);
    return;
  }
  reader->offset = offset;
  reader->begin = 0;
  reader->end = 0;
}

/* Makes room behind what is unread. */
static bool make_room(struct reader *reader) {
  if (reader->begin > 0) {
    memmove(reader->buffer, reader->buffer + reader->begin,
            reader->end - reader->begin);
    reader->offset += reader->begin;
    reader->end -= reader->begin;
    reader->begin = 0;
  }
  if (reader->end < reader->capacity) return true;
  size_t capacity = reader->capacity * 2;
  char *buffer = realloc(reader->buffer, capacity);
  if (buffer == NULL) return false;
  reader->buffer = buffer;
  reader->capacity = capacity;
  return true;
}

/* Reads on: the number of bytes, 0 at the end of the file, -1 with errno. */
static ssize_t fill(struct reader *reader) {
  if (!make_room(reader)) return -1;
  ssize_t got;
  do
    got = pread(reader->fd, reader->buffer + reader->end,
                reader->capacity - reader->end, (off_t)(reader->offset + reader->end));
  while (got < 0 && errno == EINTR);
  if (got > 0) reader->end += (size_t)got;
  return got;
}

/* Finds the next line; *length is without its newline. More than 0: there is one; 0:
 * the file ends, *length bytes without a newline are left; -1: errno, EMSGSIZE if the
 * line is too long. */
static ssize_t find_line(struct reader *reader, size_t *length) {
  size_t searched = 0;
  for (;;) {
    size_t left = reader->end - reader->begin;
    const char *from = reader->buffer + reader->begin;
    const char *newline = memchr(from + searched, '\n', left - searched);
    *length = newline ? (size_t)(newline - from) : left;
    if (*length >= RECORD_LINE_MOST) {
      errno = EMSGSIZE;
      return -1;
    }
    if (newline) return 1;
    searched = left;
    ssize_t got = fill(reader);
    if (got <= 0) return got;
  }
}

/* A complaint. What it quotes of the file is made printable. */
static enum reader_state complain(const struct reader *reader, const char *what,
                                  char *error, size_t capacity) {
  char clean[160];
  snprintf(clean, sizeof clean, "%s", what);
  for (char *c = clean; *c != 0; c++)
    if (*c < ' ' || *c > '~') *c = '?';
  if (reader->sought)
    snprintf(error, capacity, "%s: changed while it was read: %s", reader->path, clean);
  else
    snprintf(error, capacity, "%s:%llu: %s", reader->path,
             (unsigned long long)reader->line, clean);
  return READER_BAD;
}

/* False if the first line, or what there is of it, cannot begin a journal. */
static bool begins_journal(const struct reader *reader, size_t length) {
  if (reader_end(reader) > 0) return true;
  size_t known = length < sizeof magic - 1 ? length : sizeof magic - 1;
  return memcmp(reader->buffer, magic, known) == 0;
}

enum reader_state reader_next(struct reader *reader, struct record *record, char *error,
                              size_t capacity) {
  size_t length = 0;
  ssize_t found = find_line(reader, &length);
  reader->line++;
  if (found < 0 && errno == EMSGSIZE)
    return complain(reader, "the line is too long", error, capacity);
  if (found < 0) return complain(reader, strerror(errno), error, capacity);
  if (!begins_journal(reader, length))
    return complain(reader, "this is not a journal of wirecert", error, capacity);
  if (found == 0) return length > 0 ? READER_CUT : READER_END;

  char why[160];
  enum record_state state = record_parse(
      &reader->memory, reader->buffer + reader->begin, length, record, why, sizeof why);
  if (state == RECORD_GOOD) {
    reader->record = reader_end(reader);
    reader->begin += length + 1;
    return READER_RECORD;
  }
  /* Only what was written last can have been cut. */
  bool last = reader->begin + length + 1 == reader->end && fill(reader) == 0;
  if (state == RECORD_NOT_JSON && last) return READER_CUT;
  return complain(reader, why, error, capacity);
}

bool journal_read(const char *path, bool (*take)(void *context, const struct record *),
                  void *context, bool *cut, char *error, size_t capacity) {
  struct reader *reader = reader_open(path, error, capacity);
  if (reader == NULL) return false;
  struct record record;
  enum reader_state state;
  do
    state = reader_next(reader, &record, error, capacity);
  while (state == READER_RECORD && take(context, &record));
  if (cut) *cut = state == READER_CUT;
  reader_close(reader);
  return state != READER_BAD;
}
