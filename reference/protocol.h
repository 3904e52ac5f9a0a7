/* protocol.h: what a device family offers to everything above it.
 *
 * The harness, the fuzz targets and the world know a family only through this header
 * and the list in families.c. Everything here is pure: bytes and a time go in, bytes
 * and the next deadline come out.
 *
 * Times are microseconds since an origin that the caller chooses and never goes back.
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include "wire/wire.h"

/* "Nothing will happen by itself." */
#define PROTOCOL_NEVER UINT64_MAX

/* ---- options ----------------------------------------------------------------- */

/* A family's own option, as `-o NAME=VALUE` and in profiles. */
struct protocol_option {
  const char *name;
  const char *values; /* for help texts: "1|2" */
  const char *initial;
  const char *about;
};

/* One option given: both strings belong to the caller. */
struct protocol_setting {
  const char *name;
  const char *value;
};

/* ---- framing ----------------------------------------------------------------- */

enum protocol_event {
  PROTOCOL_IDLE = 0, /* nothing complete: feed more bytes */
  PROTOCOL_FRAME,    /* a frame of known type; `type` and `body` are set */
  PROTOCOL_FAULT,    /* bytes that are no frame; `error` says why */
};

/* What came out of a byte stream. All pointers are views that stay valid until the
 * next call with the same decoder. */
struct protocol_frame {
  uint64_t offset;    /* in the stream, of the first byte of `raw` */
  const uint8_t *raw; /* as on the wire. After a fault: the bytes given up; the search
                         goes on at the next one */
  size_t raw_length;
  const struct wire_type *type; /* NULL if not known */
  const uint8_t *body;          /* the message behind its code, without escapes */
  size_t length;
  size_t head;             /* bytes of the frame, without escapes, in front of `body` */
  struct wire_error error; /* offset counts from the first byte of `raw` */
};

/* A framing cuts a byte stream into messages and back. A decoder is `size` bytes of
 * the caller's memory, suitably aligned for any type, and owns nothing. */
struct protocol_framing {
  size_t size;

  /* Prepares a decoder for one direction. False: a setting is unknown or wrong. */
  bool (*open)(void *decoder, enum wire_direction direction,
               const struct protocol_setting *settings, size_t count,
               struct wire_error *error);

  /* Hands over bytes that arrived at `now`. They are not copied: they must stay valid
   * until `next` has returned PROTOCOL_IDLE. */
  void (*feed)(void *decoder, const uint8_t *bytes, size_t length, uint64_t now);

  /* The next frame or fault. Call until PROTOCOL_IDLE. */
  enum protocol_event (*next)(void *decoder, uint64_t now,
                              struct protocol_frame *frame);

  /* No more bytes will come: what is half done becomes a fault at the next `next`. */
  void (*finish)(void *decoder);

  /* When `next` wants to be called without new bytes, or PROTOCOL_NEVER. */
  uint64_t (*deadline)(const void *decoder);

  /* Wraps a message into wire bytes. The most it adds: see `overhead`. */
  bool (*wrap)(const struct wire_type *type, const uint8_t *body, size_t length,
               const struct protocol_setting *settings, size_t count, uint8_t *out,
               size_t capacity, size_t *out_length, struct wire_error *error);

  size_t most; /* bytes that the longest frame can have on the wire */
};

/* ---- verbs ------------------------------------------------------------------- */

/* A verb is a step that stands for an exchange: `at: {NI: x}` sends a request and
 * expects its answer. The family makes the plan, the runner carries it out. */
struct protocol_exchange {
  const struct wire_type *request;
  struct wire_item sent[4];
  size_t sent_count;
  const struct wire_type *answer;
  struct wire_item expected[4]; /* fields the answer must have */
  size_t expected_count;
  const char *result;           /* field of the answer that carries a read value */
  struct protocol_setting then; /* framing setting that holds from now on, or {NULL} */
  char then_value[8];           /* room for its value */
  bool changes;                 /* the device keeps it: the runner puts it back */
};

struct protocol_verb {
  const char *name; /* "at" */
  const char *about;

  /* Plans the exchange for one `name: value` of the step. `value` NULL: read. `id` is
   * a number that no earlier exchange of the run used lately (1..255); the plan may
   * use it to match the answer. Bytes of items live in `scratch`. */
  bool (*plan)(const char *name, const char *value, uint8_t id,
               struct wire_scratch *scratch, struct protocol_exchange *exchange,
               struct wire_error *error);

  /* Plans writing back `bytes` that an earlier read of `name` gave. */
  bool (*restore)(const char *name, const uint8_t *bytes, size_t length, uint8_t id,
                  struct wire_scratch *scratch, struct protocol_exchange *exchange,
                  struct wire_error *error);
};

/* ---- reference devices ------------------------------------------------------- */

/* One deliberate defect of a reference device. */
struct protocol_mutant {
  const char *name;
  const char *about;    /* one sentence: what is wrong */
  const char *violates; /* id of the requirement */
};

/* Hands a packet to the medium that the device shares with others. */
typedef void protocol_transmit(void *medium, const uint8_t *packet, size_t length,
                               uint64_t now);

struct protocol_setup {
  uint64_t seed;     /* all randomness of the device comes from it */
  unsigned position; /* 0 for the first device of a world, then 1 ...: gives each its
                        own address */
  const struct protocol_setting *settings; /* from the profile */
  size_t count;
  const struct protocol_mutant *mutant; /* NULL: as documented */
  void *medium;
  protocol_transmit *transmit;
};

/* A reference device: `size` bytes of the caller's memory, aligned for any type. */
struct protocol_device {
  const char *name; /* "xbee3-802154", the profile that it stands for */
  const char *about;
  size_t size;
  const char *const *ports; /* names, ended by NULL; the first is the host's */

  /* Starts the device at `now`, as after power-up. */
  bool (*create)(void *device, const struct protocol_setup *setup, uint64_t now,
                 struct wire_error *error);

  /* Bytes from the host on a port. */
  void (*input)(void *device, unsigned port, const uint8_t *bytes, size_t length,
                uint64_t now);

  /* Takes at most `capacity` bytes that the device has for the host. */
  size_t (*output)(void *device, unsigned port, uint8_t *bytes, size_t capacity);

  /* A packet from the medium. */
  void (*hear)(void *device, const uint8_t *packet, size_t length, uint64_t now);

  /* Does what is due at `now`. */
  void (*run)(void *device, uint64_t now);

  /* When `run` wants to be called next, or PROTOCOL_NEVER. */
  uint64_t (*deadline)(const void *device);
};

/* ---- the family -------------------------------------------------------------- */

struct protocol {
  const char *name;  /* "xbee": the first part of its case ids */
  const char *title; /* "Digi XBee API mode" */
  const struct wire_type *types;
  size_t type_count;
  const char *const *products; /* names of the bits of wire_type.where, NULL ends */
  const struct protocol_option *options; /* ended by {NULL} */
  const struct protocol_framing *framing;
  const struct protocol_verb *verbs;            /* ended by {NULL} */
  const struct protocol_device *const *devices; /* ended by NULL */
  const struct protocol_mutant *mutants;        /* ended by {NULL} */
};

/* The families, ended by NULL. */
extern const struct protocol *const protocol_families[];

/* Look-ups; NULL if there is none of that name. A type is looked for by name, or by
 * code and direction (WIRE_ANY_WAY takes the first). */
const struct protocol *protocol_find(const char *family);
const struct wire_type *protocol_type(const struct protocol *protocol,
                                      const char *name);
const struct wire_type *protocol_type_by_code(const struct protocol *protocol,
                                              uint32_t code,
                                              enum wire_direction direction);
const struct protocol_device *protocol_device_find(const char *name,
                                                   const struct protocol **protocol);

/* The value of a setting, the last one given wins; NULL if not given. */
const char *protocol_setting_of(const struct protocol_setting *settings, size_t count,
                                const char *name);

#endif
