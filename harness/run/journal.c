/* journal.c: records appended to a file, so that whatever happens to this process the
 * file stays readable. reader.c reads it.
 */
#include "run/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/record.h"

struct journal {
  int fd;
  bool sync;
  bool broken;     /* something could not be written: nothing may follow it */
  uint64_t length; /* of the file, up to the last whole record */
  struct line line;
};

/* Reads what is there, so that nothing is appended to a file that is no journal, and
 * drops a last line that was cut. */
static bool take_up(struct journal *journal, const char *path, char *error,
                    size_t capacity) {
  struct reader *reader = reader_open(path, error, capacity);
  if (reader == NULL) return false;
  struct record record;
  enum reader_state state;
  do
    state = reader_next(reader, &record, error, capacity);
  while (state == READER_RECORD);
  journal->length = reader_end(reader);
  reader_close(reader);
  if (state == READER_BAD) return false;
  if (ftruncate(journal->fd, (off_t)journal->length) == 0) return true;
  snprintf(error, capacity, "%s: %s", path, strerror(errno));
  return false;
}

/* A new file survives a power failure only when its directory is on the disk too. */
static void sync_directory(const char *path) {
  char *copy = strdup(path);
  if (copy == NULL) return;
  int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
  free(copy);
}

static int open_file(const char *path, bool resume, char *error, size_t capacity) {
  int flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (resume ? 0 : O_EXCL);
  int fd = open(path, flags, 0666);
  if (fd < 0 && errno == EEXIST)
    snprintf(error, capacity,
             "%s exists: use --resume to go on with it, or another --out", path);
  else if (fd < 0)
    snprintf(error, capacity, "%s: %s", path, strerror(errno));
  if (fd < 0) return -1;

  struct stat status;
  if (flock(fd, LOCK_EX | LOCK_NB) != 0)
    snprintf(error, capacity, "%s: %s", path,
             errno == EWOULDBLOCK ? "another run is writing it" : strerror(errno));
  else if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
    snprintf(error, capacity, "%s is not a regular file", path);
  else
    return fd;
  close(fd);
  return -1;
}

struct journal *journal_open(const char *path, bool resume, bool sync, char *error,
                             size_t capacity) {
  int fd = open_file(path, resume, error, capacity);
  if (fd < 0) return NULL;
  struct journal *journal = calloc(1, sizeof *journal);
  if (journal == NULL) {
    snprintf(error, capacity, "out of memory");
    close(fd);
    return NULL;
  }
  journal->fd = fd;
  journal->sync = sync;
  if (resume && !take_up(journal, path, error, capacity)) {
    close(fd);
    free(journal);
    return NULL;
  }
  if (sync) sync_directory(path);
  return journal;
}

static bool write_all(int fd, const char *text, size_t length) {
  while (length > 0) {
    ssize_t done = write(fd, text, length);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    text += done;
    length -= (size_t)done;
  }
  return true;
}

/* Some file systems cannot sync, and then there is nothing to wait for. */
static bool sync_file(int fd) {
  return fdatasync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

static bool write_record(struct journal *journal, const struct record *record) {
  struct line *line = &journal->line;
  line_reset(line);
  if (!record_write(line, record)) return false;
  if (!write_all(journal->fd, line->text, line->length)) {
    int why = errno;
    journal->broken = true;
    if (ftruncate(journal->fd, (off_t)journal->length) != 0) {
      /* Half a line stays, and reading drops it. */
    }
    errno = why;
    return false;
  }
  journal->length += line->length;
  return true;
}

bool journal_write(struct journal *journal, const struct record *record) {
  if (journal->broken || (journal->length == 0 && record->kind != RECORD_RUN)) {
    errno = journal->broken ? EIO : EINVAL;
    return false;
  }
  struct record part = *record;
  if (record->kind == RECORD_BYTES) {
    for (; part.length > RECORD_BYTES_MOST; part.bytes += RECORD_BYTES_MOST) {
      size_t left = part.length - RECORD_BYTES_MOST;
      part.length = RECORD_BYTES_MOST;
      if (!write_record(journal, &part)) return false;
      part.length = left;
    }
  }
  if (!write_record(journal, &part)) return false;
  bool milestone = record->kind == RECORD_VERDICT || record->kind == RECORD_END;
  if (!journal->sync || !milestone || sync_file(journal->fd)) return true;
  journal->broken = true;
  return false;
}

bool journal_close(struct journal *journal) {
  if (journal == NULL) return true;
  bool whole = !journal->broken;
  whole = sync_file(journal->fd) && whole;
  whole = close(journal->fd) == 0 && whole;
  line_free(&journal->line);
  free(journal);
  return whole;
}
