/* serve.c: the loop that joins clients, reference devices and the real clock. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "link/kind.h"
#include "link/place.h"
#include "link/serve.h"
#include "world/world.h"

/* Microseconds that a client which sends no more has to wait for answers: a program
 * that writes its commands, ends its output and reads on gets them. */
#define LINGER 1000000

/* The most that is thrown away of a device's output in one round. */
#define DISCARD 65536

struct service {
  struct world *world;
  const struct serve_options *options;
  uint64_t origin;
  int signals; /* signalfd */
  bool over;
  size_t count;
  struct place place[WORLD_DEVICES];
};

/* What SIGPIPE and the mask were before. */
struct old_signals {
  sigset_t mask;
  struct sigaction pipe;
};

static uint64_t present(const struct service *service) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000 -
         service->origin;
}

/* What a device says while nobody listens is lost, as on a wire. */
static void discard(struct service *service, const struct place *place) {
  uint8_t lost[512];
  for (size_t i = 0; i < DISCARD / sizeof lost; i++)
    if (world_output(service->world, place->position, 0, lost, sizeof lost) == 0) break;
}

static void dismiss(struct service *service, struct place *place) {
  discard(service, place); /* or it would be for the next client */
  place_dismiss(place);
  if (service->options->once || place->kind == SERVE_STDIO) service->over = true;
}

/* ---- bytes ------------------------------------------------------------------- */

/* True: more may be written. */
static bool write_pending(struct service *service, struct place *place) {
  size_t length = place->end - place->begin;
  /* poll() promises of a blocking standard output that this much does not block. */
  if (place->kind == SERVE_STDIO && length > PIPE_BUF) length = PIPE_BUF;
  ssize_t count = write(place->out, place->pending + place->begin, length);
  if (count > 0) {
    place->begin += (size_t)count;
    return place->kind != SERVE_STDIO && place->begin == place->end;
  }
  /* A pseudo-terminal's hang-up is found when reading, behind its last bytes. */
  if (errno != EAGAIN && errno != EINTR && place->kind != SERVE_PTY)
    dismiss(service, place);
  return false;
}

/* From the device to its client, as fast as that reads; what is not taken stays with
 * the device. */
static void pump(struct service *service, struct place *place) {
  if (place->in < 0) discard(service, place);
  for (int i = 0; place->in >= 0; i++) {
    if (place->begin == place->end) {
      place->begin = 0;
      place->end = world_output(service->world, place->position, 0, place->pending,
                                sizeof place->pending);
    }
    /* Standard output is written to when poll() has asked for it; and so is a client
     * that takes as much as an endless device gives. */
    if (place->end == 0 || place->kind == SERVE_STDIO || i == 16) return;
    if (!write_pending(service, place)) return;
  }
}

/* From the client to its device. `events` is what poll() found. */
static void receive(struct service *service, struct place *place, short events) {
  uint8_t bytes[4096];
  /* A terminal left with echo would go on for ever, answered by the device. */
  if (place->kind == SERVE_PTY && (events & POLLHUP) != 0) tty_set_raw(place->in);
  ssize_t count = read(place->in, bytes, sizeof bytes);
  if (count > 0) {
    world_input(service->world, place->position, 0, bytes, (size_t)count);
  } else if (count == 0 && place->kind != SERVE_PTY &&
             (place->kind == SERVE_STDIO || (events & POLLHUP) == 0)) {
    place->ending = true;
    place->end_by = present(service) + LINGER;
  } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
    dismiss(service, place);
  }
}

/* A client that sends no more goes when nothing can come for it in time. */
static void end_client(struct service *service, struct place *place) {
  if (place->in < 0 || !place->ending) return;
  if (present(service) >= place->end_by ||
      (place->begin == place->end && world_deadline(service->world) > place->end_by))
    dismiss(service, place);
}

/* ---- the loop ---------------------------------------------------------------- */

/* Three descriptors for each place. */
enum { DOOR, IN, OUT, ENTRIES };

static void fill_entries(const struct place *place, struct pollfd *entries) {
  bool here = place->in >= 0;
  bool pending = place->begin < place->end;
  /* A client that only waits for last answers has to make room for the next one. */
  entries[DOOR] = (struct pollfd){.fd = !here || place->ending ? place->door : -1,
                                  .events = POLLIN};
  entries[IN] =
      (struct pollfd){.fd = here && !place->ending ? place->in : -1, .events = POLLIN};
  entries[OUT] =
      (struct pollfd){.fd = here ? place->out : -1, .events = pending ? POLLOUT : 0};
}

static void use_entries(struct service *service, struct place *place,
                        const struct pollfd *entries) {
  if (entries[IN].revents != 0) receive(service, place, entries[IN].revents);
  if (entries[OUT].revents != 0 && place->in >= 0) {
    short gone = place->ending ? POLLERR | POLLNVAL | POLLHUP : POLLERR | POLLNVAL;
    if ((entries[OUT].revents & POLLOUT) != 0)
      write_pending(service, place);
    else if ((entries[OUT].revents & gone) != 0)
      dismiss(service, place);
  }
  if (entries[DOOR].revents != 0) {
    if (place->in >= 0) dismiss(service, place);
    place_welcome(place);
  }
}

static bool wait_for_work(struct service *service, struct pollfd *entries,
                          nfds_t count) {
  uint64_t next = world_deadline(service->world);
  for (size_t i = 0; i < service->count; i++) {
    const struct place *place = &service->place[i];
    if (place->in >= 0 && place->ending && place->end_by < next) next = place->end_by;
  }
  struct timespec left = {0};
  uint64_t now = present(service);
  if (next > now && next != PROTOCOL_NEVER) {
    left.tv_sec = (time_t)((next - now) / 1000000);
    left.tv_nsec = (long)((next - now) % 1000000) * 1000;
  }
  return ppoll(entries, count, next != PROTOCOL_NEVER ? &left : NULL, NULL) > 0;
}

static void turn(struct service *service) {
  struct pollfd entries[1 + WORLD_DEVICES * ENTRIES] = {
      {.fd = service->signals, .events = POLLIN}};
  world_step(service->world, present(service));
  for (size_t i = 0; i < service->count; i++) {
    pump(service, &service->place[i]);
    end_client(service, &service->place[i]);
    fill_entries(&service->place[i], &entries[1 + i * ENTRIES]);
  }
  if (service->over) return;
  if (!wait_for_work(service, entries, 1 + service->count * ENTRIES)) return;
  if (entries[0].revents != 0) service->over = true;
  world_step(service->world, present(service)); /* input comes at the present time */
  for (size_t i = 0; i < service->count; i++)
    use_entries(service, &service->place[i], &entries[1 + i * ENTRIES]);
}

/* ---- beginning and end ------------------------------------------------------- */

static bool start_world(struct service *service, struct link_error *error) {
  const struct serve_options *options = service->options;
  struct wire_error cause;
  service->world = world_new(options->seed, 0);
  if (service->world == NULL) return link_fail(error, "no memory for the devices");
  for (size_t i = 0; i < service->count; i++)
    if (!world_add(service->world, options->model, options->settings, options->count,
                   options->mutant, &service->place[i].position, &cause))
      return link_fail(error, "cannot start %s: %s", options->model->name, cause.text);
  return true;
}

/* The signals that end the service become a descriptor; a client that closes while it
 * is written to is an ordinary event, also for pipes, which have no MSG_NOSIGNAL. */
static bool take_signals(struct service *service, struct old_signals *old,
                         struct link_error *error) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGINT);
  sigaddset(&mask, SIGTERM);
  sigaddset(&mask, SIGHUP); /* or links would be left when the terminal is closed */
  sigaction(SIGPIPE, &ignore, &old->pipe);
  sigprocmask(SIG_BLOCK, &mask, &old->mask);
  service->signals = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
  return service->signals >= 0 || link_fail(error, "signalfd: %s", strerror(errno));
}

static void give_signals_back(struct service *service, const struct old_signals *old) {
  struct signalfd_siginfo taken;
  if (service->signals >= 0) {
    while (read(service->signals, &taken, sizeof taken) > 0)
      continue; /* or it would strike when it is let through */
    close(service->signals);
  }
  sigprocmask(SIG_SETMASK, &old->mask, NULL);
  sigaction(SIGPIPE, &old->pipe, NULL);
}

static bool run(struct service *service, const struct serve_place *places,
                size_t place_count, struct link_error *error) {
  if (place_count == 0 || place_count > WORLD_DEVICES)
    return link_fail(error, "give 1 to %d places to serve at", WORLD_DEVICES);
  for (size_t i = 0; i < place_count; i++) {
    service->count = i + 1;
    if (!place_open(&service->place[i], &places[i], error)) return false;
  }
  if (!start_world(service, error)) return false;
  for (size_t i = 0; i < place_count; i++)
    fprintf(stderr, "%s on %s\n", service->options->model->name,
            service->place[i].name);
  while (!service->over)
    turn(service);
  return true;
}

int serve(const struct serve_place *places, size_t place_count,
          const struct serve_options *options, struct link_error *error) {
  struct service *service = calloc(1, sizeof *service);
  struct old_signals old;
  if (service == NULL) {
    link_fail(error, "no memory to serve with");
    return 4;
  }
  service->options = options;
  service->origin = present(service);
  bool done =
      take_signals(service, &old, error) && run(service, places, place_count, error);
  for (size_t i = 0; i < service->count; i++)
    place_close(&service->place[i]);
  world_free(service->world);
  give_signals_back(service, &old);
  free(service);
  return done ? 0 : 4;
}
