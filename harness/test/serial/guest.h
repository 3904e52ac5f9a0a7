/* The guest of `make check-serial`: what its three source files share, and how the
 * host talks to it.
 *
 * The guest is one static program, process 1 of a Debian kernel. It takes commands from
 * the host on a virtio port named "control", so that every 16550 and USB port is free
 * for the program under test. Lines end in '\n', words are separated by one space and
 * contain none. Every command carries a tag chosen by the host; every answer begins
 * with it, so commands may overlap.
 *
 *   host                            guest
 *                                   guest ready
 *   run TAG PROGRAM ARGUMENT...     TAG out TEXT     (standard output, line by line)
 *                                   TAG err TEXT     (standard error)
 *                                   TAG exit STATUS  (128 + signal, as in a shell)
 *   wait TAG PATH                   TAG exit 0       (as soon as PATH exists)
 *   gone TAG PATH                   TAG exit 0       (as soon as it does not)
 *   get TAG DIRECTORY               TAG file SIZE NAME, then SIZE bytes; for each file
 *                                   TAG exit STATUS
 *   off                             (powers the machine off)
 *
 * The guest has no time-outs: the host has one for every answer it waits for.
 */
#ifndef WIRECERT_TEST_SERIAL_GUEST_H
#define WIRECERT_TEST_SERIAL_GUEST_H

#include <stdbool.h>

enum {
  GUEST_LINE_MAX = 4096, /* longest line either way, end included */
  GUEST_ARGUMENTS_MAX = 32
};

/* Prints what failed and the system's reason on the console, then powers off: the host
 * sees its end of the control port close. */
_Noreturn void guest_fail(const char *what);

/* Writes one line, or a part of a file, to the host. One call is one write, so lines
 * of commands that run at the same time do not mix. */
void guest_write(int control, const char *bytes, unsigned long count);
void guest_answer(int control, const char *tag, const char *kind, const char *text);

/* Opens the socket on which the kernel announces devices. It must be open before the
 * first module is loaded, or announcements are missed. */
int guest_events_open(void);
/* Takes every announcement that is waiting; returns when there is none left. */
void guest_events_drain(int events);
/* Opens the virtio port with this name, waiting for it to appear. */
int guest_port_open(int events, const char *name);
/* Brings /dev/serial/by-id up to date, with the names udev would give. */
void guest_links_update(void);

/* Starts a program; its output and exit status reach the host without further help. */
void guest_run(int control, const char *tag, char *const arguments[]);
/* Sends every file below a directory. Call it only while nothing else answers. */
void guest_send_files(int control, const char *tag, const char *directory);

#endif
