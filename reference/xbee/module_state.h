/* module_state.h: what the files of the module model share.
 *
 * Internal to module*.c; everybody else uses module.h.
 */
#ifndef XBEE_MODULE_STATE_H
#define XBEE_MODULE_STATE_H

#include "xbee/at.h"
#include "xbee/frame.h"
#include "xbee/messages.h"
#include "xbee/module.h"
#include "xbee/module_packet.h"

/* Frame type codes by name, from the list of all frame types: XBEE_TYPE_modem_status.
 */
enum xbee_type_code {
#define OUT(code, type, ...) XBEE_TYPE_##type = (code),
#define IN                   OUT
#include "xbee/messages_list.h"
#undef IN
#undef OUT
};

#define XBEE_MODULE_PEERS 8 /* senders whose last sequence is remembered */

enum { XBEE_NO_ANSWER = -1 }; /* in place of a frame type code */

/* A frame on its way to the host: its bytes end at `end` of all bytes ever queued. */
struct xbee_due {
  uint64_t due;
  size_t end;
};

/* Bytes for the host, a ring. Counters run on; the place is the counter modulo size. */
struct xbee_output {
  size_t read;     /* taken by the host */
  size_t released; /* the host may take up to here */
  size_t written;
  size_t first; /* due frames, a ring as well */
  size_t count;
  struct xbee_due due[XBEE_MODULE_ANSWERS];
};

/* A packet that waits for its turn or for its acknowledgement. */
struct xbee_transmission {
  int answer; /* code of the status frame, or XBEE_NO_ANSWER */
  uint8_t frame_id;
  bool acknowledged; /* to be */
  uint16_t sequence;
  size_t length;
  uint8_t bytes[XBEE_PACKET_MOST];
};

struct xbee_peer {
  uint64_t address;
  uint16_t sequence;
};

struct xbee_radio {
  struct xbee_transmission pending[XBEE_MODULE_PENDING]; /* a ring; the first is sent */
  size_t first;
  size_t count;
  unsigned retries;  /* of the first */
  uint64_t deadline; /* of its acknowledgement, or PROTOCOL_NEVER */
  struct xbee_peer peers[XBEE_MODULE_PEERS];
  size_t peer_count;
  size_t peer_next; /* the one to be forgotten next */
};

struct xbee_module {
  /* Given, or kept through a reset. */
  void *medium;
  protocol_transmit *transmit;
  const struct protocol_mutant *mutant;
  uint64_t seed;
  uint16_t sequence;  /* of the next packet: goes on, so that peers do not take a new
                         packet for an old one */
  size_t frame_limit; /* longest frame data from the host */
  struct xbee_at_value stored[XBEE_AT_COUNT]; /* non-volatile memory */

  /* Registers: `active` is in force, `queued` waits where `is_queued`. */
  struct xbee_at_value active[XBEE_AT_COUNT];
  struct xbee_at_value queued[XBEE_AT_COUNT];
  bool is_queued[XBEE_AT_COUNT];

  int mode;                 /* of the serial port, as AP; follows AP after the answer */
  bool resetting;           /* deaf, up again at `reset_end` */
  uint64_t reset_end;       /* or PROTOCOL_NEVER */
  uint64_t next_sample;     /* or PROTOCOL_NEVER */
  uint64_t sample_period;   /* microseconds, 0: none */
  struct xbee_sample lines; /* as last seen, for IC */
  struct xbee_radio radio;
  struct xbee_output output;

  /* Big; create() leaves them as they are. */
  uint8_t bytes[XBEE_MODULE_OUTPUT]; /* of `output` */
  struct xbee_decoder decoder;
};

/* ---- module.c ---------------------------------------------------------------- */

/* The value in force of a numeric register. */
uint64_t xbee_module_number(const struct xbee_module *module, enum xbee_at_id id);

/* Adds one to a counter, up to its limit. */
void xbee_module_count(struct xbee_module *module, enum xbee_at_id id);

/* Begins a reset: what was answered so far still goes out, all else is lost. */
void xbee_module_reset(struct xbee_module *module, uint64_t now);

/* True if the module has this defect. */
bool xbee_module_broken(const struct xbee_module *module, const char *mutant);

/* ---- module_output.c --------------------------------------------------------- */

/* The one way to the host: encodes a frame by its table, wraps it for the mode of the
 * serial port and queues it. A frame for which there is no room, or whose values do not
 * fit its table, is dropped whole. */
void xbee_module_answer(struct xbee_module *module, int code,
                        const struct wire_item *items, size_t count, uint64_t now);

void xbee_module_release(struct xbee_module *module, uint64_t now);
uint64_t xbee_module_release_deadline(const struct xbee_module *module);
void xbee_module_drop_output(struct xbee_module *module);
size_t xbee_module_take(struct xbee_module *module, uint8_t *bytes, size_t capacity);

/* Items for xbee_module_answer(). */
struct wire_item xbee_number_item(const char *name, uint64_t number);
struct wire_item xbee_octets_item(const char *name, const uint8_t *bytes,
                                  size_t length);

/* A number of a decoded request; 0 if the field is absent. */
uint64_t xbee_number_of(const struct wire_message *message, const char *name);

/* ---- module_at.c ------------------------------------------------------------- */

/* Handles 0x08 and 0x09. */
void xbee_module_at(struct xbee_module *module, const struct wire_message *request,
                    uint64_t now);

/* ---- module_request.c -------------------------------------------------------- */

/* Handle 0x00, 0x01, 0x10 and 0x11; 0x2D. */
void xbee_module_transmit(struct xbee_module *module,
                          const struct wire_message *request, uint64_t now);
void xbee_module_relay(struct xbee_module *module, const struct wire_message *request,
                       uint64_t now);

/* The status of a transmission: 0x89 or 0x8B; nothing for XBEE_NO_ANSWER or frame id 0.
 * `delivered` is the 16-bit address of the receiver. */
void xbee_module_status(struct xbee_module *module, int code, uint8_t frame_id,
                        uint8_t status, unsigned retries, uint16_t delivered,
                        uint64_t now);

/* The most payload that NP and C8 allow now. */
size_t xbee_module_payload(const struct xbee_module *module);

/* ---- module_radio.c ---------------------------------------------------------- */

struct xbee_address xbee_module_address(const struct xbee_module *module);

/* Where DH and DL point. */
struct xbee_address xbee_module_target(const struct xbee_module *module);

bool xbee_is_broadcast(const struct xbee_address *address);

/* True if the address is this module's. */
bool xbee_module_is_me(const struct xbee_module *module,
                       const struct xbee_address *address);

/* Fills in sender, sequence, channel and, unless it is set already, PAN, and sends the
 * packet as soon as those before it are done. A broadcast is never acknowledged. False
 * if too many wait. */
bool xbee_module_send(struct xbee_module *module, struct xbee_packet *packet,
                      int answer, uint8_t frame_id, uint64_t now);

/* The receiver with this 16-bit address acknowledged. */
void xbee_module_acked(struct xbee_module *module, uint16_t sequence, uint16_t by,
                       uint64_t now);

void xbee_module_run_radio(struct xbee_module *module, uint64_t now);

/* ---- module_hear.c ----------------------------------------------------------- */

void xbee_module_hear(struct xbee_module *module, const uint8_t *bytes, size_t length,
                      uint64_t now);

/* ---- module_io.c ------------------------------------------------------------- */

#define XBEE_SAMPLE_ITEMS 9 /* of a sample in a frame, at most */

/* Reads all lines that are inputs or outputs. */
void xbee_module_read_lines(const struct xbee_module *module,
                            struct xbee_sample *sample);

/* A sample as the items of a frame: of 0x92, or of 0x82 and 0x83 if legacy. Lives as
 * long as `items`. */
struct xbee_sample_items {
  struct wire_item item[XBEE_SAMPLE_ITEMS];
  size_t count;
  struct wire_item line[5]; /* legacy: lines of the one sample set */
  struct wire_item set;
};
void xbee_sample_items(const struct xbee_sample *sample, bool legacy,
                       struct xbee_sample_items *items);

/* The answer to IS. False if no line is configured. */
bool xbee_module_force_sample(const struct xbee_module *module, uint8_t *out,
                              size_t capacity, size_t *length);

/* After registers have changed: period of sampling, change detection. */
void xbee_module_lines_changed(struct xbee_module *module, uint64_t now);

void xbee_module_run_samples(struct xbee_module *module, uint64_t now);

#endif
