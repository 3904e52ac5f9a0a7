/* exec.c: exec: links. The child's standard input is a socket and its standard output a
 * pipe; standard error is inherited.
 *
 * A socket, because send() can say "no SIGPIPE" for one write, where a pipe would need
 * the process's signal settings. A child that opens /dev/stdin by name cannot do so.
 *
 * The child leads a process group of its own: a Ctrl-C at the terminal goes to wirecert
 * alone, and a child that must be ended by a signal goes with its own children.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "link/kind.h"

/* Milliseconds: for a child that has closed its output to end, and for one that is
 * asked to end, at each step. */
#define LAST_WORDS 200
#define PATIENCE   500

/* In the child: becomes the program, or reports the errno. */
static _Noreturn void become(char *const *words, int input, int output, int report) {
  sigset_t none;
  /* wirecert may ignore or hold back some signals; a program expects the default. */
  for (int number = 1; number < NSIG; number++)
    signal(number, SIG_DFL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setpgid(0, 0);
  if (dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0)
    execvp(words[0], words);
  int number = errno;
  ssize_t written = write(report, &number, sizeof number);
  _exit(written == sizeof number ? 127 : 126);
}

/* Starts `words` with these descriptors as its input and output; 0 or an errno. */
static int start(char *const *words, int input, int output, pid_t *child) {
  int report[2]; /* closed by a successful exec */
  int failure = 0;
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  *child = fork();
  if (*child == 0) become(words, input, output, report[1]);
  if (*child < 0) failure = errno;
  close(report[1]);
  if (*child > 0 && TEMP_FAILURE_RETRY(read(report[0], &failure, sizeof failure)) > 0)
    TEMP_FAILURE_RETRY(waitpid(*child, NULL, 0));
  close(report[0]);
  return failure;
}

static void close_both(int *pair) {
  if (pair[0] >= 0) close(pair[0]);
  if (pair[1] >= 0) close(pair[1]);
}

/* Keeps [0] of each pair as the link's end and gives [1] to the child. */
static bool connect_child(struct link *link, char *const *words, int *to, int *from,
                          struct link_error *error) {
  int input[2] = {-1, -1}, output[2] = {-1, -1};
  int code = 0;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) != 0 ||
      pipe2(output, O_CLOEXEC) != 0)
    code = errno;
  if (code == 0) {
    code = start(words, input[1], output[1], &link->child);
    if (code != 0) link->child = 0;
  }
  if (code != 0) {
    close_both(input);
    close_both(output);
    return link_fail(error, "exec: cannot start '%.100s': %s", words[0],
                     strerror(code));
  }
  close(input[1]);
  close(output[1]);
  *to = input[0];
  *from = output[0];
  return true;
}

static bool open_exec(struct link *link, const struct uri *uri,
                      struct link_error *error) {
  char room[URI_PATH];
  char *words[URI_WORDS];
  if (!uri_split_words(uri->path, room, words, error)) return false;
  snprintf(link->name, sizeof link->name, "%.120s", words[0]);
  if (!connect_child(link, words, &link->write_fd, &link->read_fd, error)) return false;
  link->socket = true;
  if (!link_prepare_fd(link->write_fd) || !link_prepare_fd(link->read_fd))
    return link_fail(error, "exec:%s: %s", link->name, strerror(errno));
  return true;
}

static struct timespec time_left(const struct timespec *end) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  long long left =
      (end->tv_sec - now.tv_sec) * 1000000000LL + end->tv_nsec - now.tv_nsec;
  if (left < 0) left = 0;
  return (struct timespec){.tv_sec = (time_t)(left / 1000000000),
                           .tv_nsec = (long)(left % 1000000000)};
}

/* Waits for the child's end at most `milliseconds`; true when it is reaped. SIGCHLD is
 * held back meanwhile, so that an end between looking and waiting is not missed. */
static bool reap(struct link *link, int milliseconds, int *status) {
  sigset_t wanted, before;
  struct timespec end, left;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_nsec += milliseconds * 1000000L; /* time_left() bears more than a second */
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGCHLD);
  sigprocmask(SIG_BLOCK, &wanted, &before);
  pid_t reaped;
  do {
    reaped = waitpid(link->child, status, WNOHANG);
    if (reaped != 0) break;
    left = time_left(&end);
    sigtimedwait(&wanted, NULL, &left); /* or another signal: looks again */
  } while (left.tv_sec > 0 || left.tv_nsec > 0);
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (reaped == 0) return false;
  if (reaped < 0) *status = 0; /* whoever started wirecert ignores SIGCHLD */
  link->child = 0;
  return true;
}

static const char *signal_name(int number) {
  const char *name = sigabbrev_np(number);
  return name != NULL ? name : "real-time";
}

static void explain(struct link *link, int number) {
  char *text = link->reason;
  size_t size = sizeof link->reason;
  int status;
  /* The end of the stream comes a little before the end of the child. */
  if (link->child != 0 && reap(link, LAST_WORDS, &status)) {
    if (WIFEXITED(status))
      snprintf(text, size, "child ended with exit status %d: %s", WEXITSTATUS(status),
               link->name);
    else
      snprintf(text, size, "child ended by signal %d (%s): %s", WTERMSIG(status),
               signal_name(WTERMSIG(status)), link->name);
  } else if (number == 0) {
    snprintf(text, size, "child has closed its output: %s", link->name);
  } else if (number == EPIPE) {
    snprintf(text, size, "child has closed its input: %s", link->name);
  } else {
    snprintf(text, size, "child %s is lost: %s", link->name, strerror(number));
  }
}

static void close_exec(struct link *link) {
  int status;
  if (link->write_fd >= 0) close(link->write_fd);
  if (link->read_fd >= 0)
    close(link->read_fd); /* or it may wait for room in the pipe */
  link->write_fd = link->read_fd = -1;
  /* The process id cannot be another's: it is free for use only once reaped. A child
   * that outlives SIGKILL is stuck in a driver; it is left behind. */
  static const int signals[] = {SIGTERM, SIGKILL};
  for (size_t i = 0; link->child != 0 && !reap(link, PATIENCE, &status) && i < 2; i++)
    if (kill(-link->child, signals[i]) != 0) kill(link->child, signals[i]);
}

const struct link_kind exec_kind = {open_exec, explain, NULL, NULL, close_exec};
