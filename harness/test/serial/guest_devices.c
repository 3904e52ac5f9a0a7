/* Devices of the guest as they come and go: the kernel's announcements, the port to the
 * host, and the stable names in /dev/serial/by-id, for which there is no udev here. */
#define _GNU_SOURCE
#include "guest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS "/dev/serial/by-id"
#define TTYS  "/sys/class/tty"
#define PORTS "/sys/class/virtio-ports"

int guest_events_open(void) {
  int events = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
                      NETLINK_KOBJECT_UEVENT);
  struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = 1};
  if (events < 0 || bind(events, (struct sockaddr *)&address, sizeof address) != 0)
    guest_fail("listen to the kernel's device announcements");
  return events;
}

void guest_events_drain(int events) {
  /* What they say does not matter: every reader looks at /sys and /dev afterwards.
   * That also makes an overflow (ENOBUFS) harmless. */
  char message[4096];
  while (recv(events, message, sizeof message, 0) >= 0 || errno == ENOBUFS ||
         errno == EINTR)
    continue;
}

/* Reads the first line of a file of /sys; spaces become '_', as in udev's names. */
static bool read_attribute(const char *directory, const char *name, char *value,
                           size_t size) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE *file = fopen(path, "re");
  if (file == NULL) return false;
  bool found = fgets(value, (int)size, file) != NULL;
  fclose(file);
  if (!found) return false;
  value[strcspn(value, "\n")] = '\0';
  for (char *space = value; (space = strchr(space, ' ')) != NULL;)
    *space = '_';
  return true;
}

static int find_port(const char *name) {
  DIR *ports = opendir(PORTS);
  if (ports == NULL) return -1;
  int control = -1;
  for (struct dirent *entry; control < 0 && (entry = readdir(ports)) != NULL;) {
    char path[512], value[64];
    snprintf(path, sizeof path, PORTS "/%s", entry->d_name);
    if (!read_attribute(path, "name", value, sizeof value) || strcmp(value, name) != 0)
      continue;
    snprintf(path, sizeof path, "/dev/%s", entry->d_name);
    control = open(path, O_RDWR | O_CLOEXEC);
    if (control < 0) guest_fail(path);
  }
  closedir(ports);
  return control;
}

int guest_port_open(int events, const char *name) {
  for (;;) {
    int control = find_port(name);
    if (control >= 0) return control;
    struct pollfd source = {.fd = events, .events = POLLIN};
    if (poll(&source, 1, -1) < 0 && errno != EINTR) guest_fail("poll");
    guest_events_drain(events);
  }
}

static void remove_links(void) {
  DIR *links = opendir(LINKS);
  if (links == NULL) return;
  for (struct dirent *entry; (entry = readdir(links)) != NULL;)
    if (entry->d_name[0] != '.') unlinkat(dirfd(links), entry->d_name, 0);
  closedir(links);
}

/* The tty is a child of a USB interface, which is a child of the USB device. */
static bool usb_device_of(const char *tty, char *device, size_t size) {
  char path[512];
  snprintf(path, sizeof path, TTYS "/%s/device/../..", tty);
  char *resolved = realpath(path, NULL);
  if (resolved == NULL) return false;
  int length = snprintf(device, size, "%s", resolved);
  free(resolved);
  return length > 0 && (size_t)length < size;
}

static void add_link(const char *tty) {
  char device[400], maker[64], product[64], serial[64];
  if (!usb_device_of(tty, device, sizeof device) ||
      !read_attribute(device, "manufacturer", maker, sizeof maker) ||
      !read_attribute(device, "product", product, sizeof product) ||
      !read_attribute(device, "serial", serial, sizeof serial))
    return;

  char target[300], link[512];
  snprintf(target, sizeof target, "../../%s", tty);
  snprintf(link, sizeof link, LINKS "/usb-%s_%s_%s-if00-port0", maker, product, serial);
  if (symlink(target, link) != 0 && errno != EEXIST) guest_fail(link);
}

void guest_links_update(void) {
  mkdir("/dev/serial", 0755);
  mkdir(LINKS, 0755);
  remove_links();
  DIR *ttys = opendir(TTYS);
  if (ttys == NULL) return;
  for (struct dirent *entry; (entry = readdir(ttys)) != NULL;)
    if (strncmp(entry->d_name, "ttyUSB", 6) == 0) add_link(entry->d_name);
  closedir(ttys);
}
