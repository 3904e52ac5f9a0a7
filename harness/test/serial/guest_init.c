/* Process 1 of the guest: mounts, loads the modules, then obeys the host (guest.h). */
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WAITS_MAX = 8, TAG_MAX = 32 };

/* A path the host waits for, to appear or to disappear. A free place has no tag. */
struct path_wait {
  char tag[TAG_MAX];
  char path[256];
  bool wanted;
};

static struct path_wait waits[WAITS_MAX];

void guest_fail(const char *what) {
  fprintf(stderr, "guest: %s: %s\n", what, strerror(errno));
  reboot(RB_POWER_OFF);
  _exit(1); /* reboot() failed: the kernel panics on this, which ends QEMU as well */
}

void guest_write(int control, const char *bytes, unsigned long count) {
  while (count > 0) {
    ssize_t written = write(control, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) guest_fail("write to the control port");
    bytes += written;
    count -= (unsigned long)written;
  }
}

void guest_answer(int control, const char *tag, const char *kind, const char *text) {
  char line[GUEST_LINE_MAX];
  int length = snprintf(line, sizeof line, "%s %s %s", tag, kind, text);
  if (length < 0) guest_fail("format an answer");
  size_t used = (size_t)length;
  if (used > sizeof line - 2) used = sizeof line - 2;
  line[used] = '\n';
  guest_write(control, line, used + 1);
}

static void mount_all(void) {
  static const struct {
    const char *type, *at;
  } mounts[] = {
      {"devtmpfs", "/dev"}, {"proc", "/proc"}, {"sysfs", "/sys"}, {"tmpfs", "/tmp"}};

  for (size_t i = 0; i < sizeof mounts / sizeof *mounts; i++) {
    mkdir(mounts[i].at, 0755);
    if (mount(mounts[i].type, mounts[i].at, mounts[i].type, 0, NULL) != 0)
      guest_fail(mounts[i].at);
  }
}

/* The kernel opens standard streams only if the archive holds /dev/console, which an
 * ordinary user cannot put there. */
static void open_console(void) {
  int console = open("/dev/console", O_RDWR | O_NOCTTY);
  if (console < 0) guest_fail("/dev/console");
  for (int stream = 0; stream <= 2; stream++)
    if (console != stream) dup2(console, stream);
  if (console > 2) close(console);
}

/* /modules/order holds file names in the order in which they must be loaded. */
static void load_modules(void) {
  FILE *order = fopen("/modules/order", "r");
  if (order == NULL) guest_fail("/modules/order");
  char name[128], path[160];
  while (fscanf(order, "%127s", name) == 1) {
    snprintf(path, sizeof path, "/modules/%s", name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) guest_fail(path);
    if (syscall(SYS_finit_module, file, "", 0) != 0 && errno != EEXIST)
      guest_fail(path);
    close(file);
  }
  fclose(order);
}

static bool path_exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

/* Answers the waits whose time has come. */
static void waits_check(int control) {
  for (struct path_wait *wait = waits; wait < waits + WAITS_MAX; wait++) {
    if (wait->tag[0] == '\0' || path_exists(wait->path) != wait->wanted) continue;
    guest_answer(control, wait->tag, "exit", "0");
    wait->tag[0] = '\0';
  }
}

static bool waits_add(const char *tag, const char *path, bool wanted) {
  if (path == NULL || strlen(path) >= sizeof waits->path || strlen(tag) >= TAG_MAX)
    return false;
  for (struct path_wait *wait = waits; wait < waits + WAITS_MAX; wait++) {
    if (wait->tag[0] != '\0') continue;
    snprintf(wait->tag, sizeof wait->tag, "%s", tag);
    snprintf(wait->path, sizeof wait->path, "%s", path);
    wait->wanted = wanted;
    return true;
  }
  return false;
}

static void obey(int control, char *line) {
  char *words[GUEST_ARGUMENTS_MAX + 3] = {NULL};
  size_t count = 0;
  char *rest = line;
  for (char *word; (word = strtok_r(NULL, " ", &rest)) != NULL; count++) {
    if (count == GUEST_ARGUMENTS_MAX + 2) {
      errno = E2BIG;
      guest_fail(words[0]);
    }
    words[count] = word;
  }
  if (count == 0) return;
  const char *verb = words[0], *tag = count > 1 ? words[1] : "guest";

  if (strcmp(verb, "off") == 0) {
    reboot(RB_POWER_OFF);
    guest_fail("power off");
  } else if (strcmp(verb, "run") == 0 && count > 2) {
    guest_run(control, tag, words + 2);
  } else if (strcmp(verb, "get") == 0 && count == 3) {
    guest_send_files(control, tag, words[2]);
  } else if ((strcmp(verb, "wait") == 0 || strcmp(verb, "gone") == 0) && count == 3 &&
             waits_add(tag, words[2], verb[0] == 'w')) {
    waits_check(control);
  } else {
    guest_answer(control, tag, "exit", "127");
  }
}

/* Reads what the host has sent and obeys every complete line. */
static void read_commands(int control) {
  static char buffer[GUEST_LINE_MAX];
  static size_t used;
  ssize_t count = read(control, buffer + used, sizeof buffer - used);
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) guest_fail("read from the control port");
  used += (size_t)count;

  char *line = buffer, *end;
  while ((end = memchr(line, '\n', used)) != NULL) {
    *end = '\0';
    used -= (size_t)(end + 1 - line);
    obey(control, line);
    line = end + 1;
  }
  if (used == sizeof buffer) {
    errno = EMSGSIZE;
    guest_fail("a command");
  }
  memmove(buffer, line, used);
}

int main(void) {
  mount_all();
  open_console();
  setenv("PATH", "/bin", 1);
  setenv("HOME", "/tmp", 1);
  /* Nobody here asks how a child ended: guest_run() has a child that asks for us. */
  signal(SIGCHLD, SIG_IGN);

  int events = guest_events_open();
  load_modules();
  int control = guest_port_open(events, "control");
  guest_answer(control, "guest", "ready", "");

  for (;;) {
    struct pollfd sources[] = {{.fd = control, .events = POLLIN},
                               {.fd = events, .events = POLLIN}};
    if (poll(sources, 2, -1) < 0 && errno != EINTR) guest_fail("poll");
    if (sources[1].revents != 0) {
      guest_events_drain(events);
      guest_links_update();
      waits_check(control);
    }
    if (sources[0].revents != 0) read_commands(control);
  }
}
