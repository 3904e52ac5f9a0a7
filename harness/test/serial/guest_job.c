/* Programs that the guest runs for the host, and the files they leave. */
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* One output stream of a program, cut into lines. */
struct stream {
  const char *kind; /* "out" or "err" */
  int pipe;         /* -1 once it has ended */
  size_t used;
  char line[GUEST_LINE_MAX - 256]; /* leaves room for the tag */
};

static void send_line(int control, const char *tag, struct stream *stream,
                      size_t length) {
  char text[sizeof stream->line + 1];
  memcpy(text, stream->line, length);
  text[length] = '\0';
  guest_answer(control, tag, stream->kind, text);
}

/* Passes on what the program has written. A line that does not fit is sent in parts;
 * a last line without an end is sent as if it had one. */
static void relay(int control, const char *tag, struct stream *stream) {
  ssize_t count = read(stream->pipe, stream->line + stream->used,
                       sizeof stream->line - stream->used);
  if (count < 0 && errno == EINTR) return;
  if (count > 0) stream->used += (size_t)count;

  char *end;
  while ((end = memchr(stream->line, '\n', stream->used)) != NULL) {
    size_t length = (size_t)(end - stream->line);
    send_line(control, tag, stream, length);
    stream->used -= length + 1;
    memmove(stream->line, end + 1, stream->used);
  }
  bool ended = count <= 0;
  if (stream->used == sizeof stream->line || (ended && stream->used > 0)) {
    send_line(control, tag, stream, stream->used);
    stream->used = 0;
  }
  if (ended) {
    close(stream->pipe);
    stream->pipe = -1;
  }
}

static _Noreturn void execute(char *const arguments[], int out, int err) {
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, 0);
  dup2(out, 1);
  dup2(err, 2);
  execvp(arguments[0], arguments);
  fprintf(stderr, "guest: %s: %s\n", arguments[0], strerror(errno));
  _exit(127);
}

/* Runs in a process of its own, which lives as long as the program. */
static _Noreturn void supervise(int control, const char *tag, char *const arguments[]) {
  signal(SIGCHLD, SIG_DFL); /* process 1 ignores it, and waitpid() needs it */
  int out[2], err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) guest_fail("pipe");
  pid_t program = fork();
  if (program < 0) guest_fail("fork");
  if (program == 0) execute(arguments, out[1], err[1]);
  close(out[1]);
  close(err[1]);

  static struct stream streams[2];
  streams[0] = (struct stream){.kind = "out", .pipe = out[0]};
  streams[1] = (struct stream){.kind = "err", .pipe = err[0]};
  while (streams[0].pipe >= 0 || streams[1].pipe >= 0) {
    struct pollfd sources[] = {{.fd = streams[0].pipe, .events = POLLIN},
                               {.fd = streams[1].pipe, .events = POLLIN}};
    if (poll(sources, 2, -1) < 0 && errno != EINTR) guest_fail("poll");
    for (int i = 0; i < 2; i++)
      if (sources[i].revents != 0) relay(control, tag, &streams[i]);
  }

  int status;
  while (waitpid(program, &status, 0) < 0)
    if (errno != EINTR) guest_fail("waitpid");
  char text[16];
  snprintf(text, sizeof text, "%d",
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  guest_answer(control, tag, "exit", text);
  _exit(0);
}

void guest_run(int control, const char *tag, char *const arguments[]) {
  pid_t supervisor = fork();
  if (supervisor < 0) guest_fail("fork");
  if (supervisor == 0) supervise(control, tag, arguments);
}

/* nftw() hands no context to its callback. */
static int send_control;
static const char *send_tag;
static size_t send_prefix;

static int send_file(const char *path, const struct stat *status, int type,
                     struct FTW *place) {
  (void)place;
  if (type != FTW_F || !S_ISREG(status->st_mode)) return 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 1;

  char text[512], bytes[16384];
  snprintf(text, sizeof text, "%lld %s", (long long)status->st_size,
           path + send_prefix);
  guest_answer(send_control, send_tag, "file", text);
  /* The size is promised now, so exactly that many bytes must follow. */
  long long left = (long long)status->st_size;
  while (left > 0) {
    size_t wanted = left < (long long)sizeof bytes ? (size_t)left : sizeof bytes;
    ssize_t count = read(file, bytes, wanted);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) guest_fail(path);
    guest_write(send_control, bytes, (unsigned long)count);
    left -= count;
  }
  close(file);
  return 0;
}

void guest_send_files(int control, const char *tag, const char *directory) {
  send_control = control;
  send_tag = tag;
  send_prefix = strlen(directory) + 1;
  int failed = nftw(directory, send_file, 8, FTW_PHYS);
  guest_answer(control, tag, "exit", failed == 0 ? "0" : "1");
}
