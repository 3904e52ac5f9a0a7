/* module_packet.c: the layout of the packets between module models. */
#include "xbee/module_packet.h"

#include <string.h>

#define MARK 0x5842 /* "XB" */

/* clang-format off */
#define NUMBER(bytes, label) {.kind = WIRE_UINT, .size = (bytes), .name = (label)}

static const struct wire_field data_fields[] = {
  NUMBER(1, "source_endpoint"),
  NUMBER(1, "destination_endpoint"),
  NUMBER(2, "cluster"),
  NUMBER(2, "profile"),
  {.kind = WIRE_BYTES, .extent = WIRE_REST, .name = "bytes"},
  {0},
};

static const struct wire_field sample_fields[] = {
  NUMBER(2, "digital_mask"),
  NUMBER(2, "digital"),
  NUMBER(1, "analog_mask"),
  NUMBER(2, "ad0"),
  NUMBER(2, "ad1"),
  NUMBER(2, "ad2"),
  NUMBER(2, "ad3"),
  {0},
};

static const struct wire_field identity_fields[] = {
  {.kind = WIRE_BYTES, .extent = WIRE_REST, .name = "bytes"},
  {0},
};

static const struct wire_case kinds[] = {
  {.value = XBEE_PACKET_DATA, .fields = data_fields},
  {.value = XBEE_PACKET_SAMPLE, .fields = sample_fields},
  {.value = XBEE_PACKET_IDENTITY, .fields = identity_fields},
  {.fields = NULL, .otherwise = true},
};

static const struct wire_field packet_fields[] = {
  {.kind = WIRE_UINT, .size = 2, .flags = WIRE_CONST, .initial = MARK, .name = "mark"},
  NUMBER(1, "kind"),
  NUMBER(2, "sequence"),
  NUMBER(1, "flags"),
  NUMBER(2, "pan"),
  NUMBER(1, "channel"),
  NUMBER(8, "source"),
  NUMBER(2, "source16"),
  NUMBER(8, "destination"),
  NUMBER(2, "destination16"),
  {.kind = WIRE_SWITCH, .by = "kind", .cases = kinds},
  {0},
};
/* clang-format on */

const struct wire_type xbee_packet_type = {
    .name = "xbee_packet",
    .title = "Packet between module models",
    .most = XBEE_PACKET_MOST,
    .fields = packet_fields,
    .source = "this model",
};

/* ---- writing ----------------------------------------------------------------- */

struct items {
  struct wire_item item[WIRE_VALUES];
  size_t count;
};

static void add(struct items *items, const char *name, uint64_t number) {
  items->item[items->count++] =
      (struct wire_item){.name = name, .form = WIRE_NUMBER, .number = number};
}

static void add_bytes(struct items *items, const struct xbee_packet *packet) {
  items->item[items->count++] = (struct wire_item){.name = "bytes",
                                                   .form = WIRE_OCTETS,
                                                   .bytes = packet->bytes,
                                                   .length = packet->length};
}

static const char *const analog_names[] = {"ad0", "ad1", "ad2", "ad3"};

static void add_sample(struct items *items, const struct xbee_sample *sample) {
  add(items, "digital_mask", sample->digital_mask);
  add(items, "digital", sample->digital);
  add(items, "analog_mask", sample->analog_mask);
  for (size_t i = 0; i < 4; i++)
    add(items, analog_names[i], sample->analog[i]);
}

static void add_content(struct items *items, const struct xbee_packet *packet) {
  switch (packet->kind) {
  case XBEE_PACKET_DATA:
    add(items, "source_endpoint", packet->source_endpoint);
    add(items, "destination_endpoint", packet->destination_endpoint);
    add(items, "cluster", packet->cluster);
    add(items, "profile", packet->profile);
    add_bytes(items, packet);
    break;
  case XBEE_PACKET_SAMPLE: add_sample(items, &packet->sample); break;
  case XBEE_PACKET_IDENTITY: add_bytes(items, packet); break;
  case XBEE_PACKET_ACK: break;
  }
}

bool xbee_packet_write(const struct xbee_packet *packet, uint8_t *out, size_t capacity,
                       size_t *length) {
  struct items items = {.count = 0};
  add(&items, "kind", packet->kind);
  add(&items, "sequence", packet->sequence);
  add(&items, "flags", packet->flags);
  add(&items, "pan", packet->pan);
  add(&items, "channel", packet->channel);
  add(&items, "source", packet->source.long_);
  add(&items, "source16", packet->source.short_);
  add(&items, "destination", packet->destination.long_);
  add(&items, "destination16", packet->destination.short_);
  add_content(&items, packet);
  return wire_encode(&xbee_packet_type, items.item, items.count, out, capacity, length,
                     NULL);
}

/* ---- reading ----------------------------------------------------------------- */

static uint64_t number_of(const struct wire_message *message, const char *name) {
  const struct wire_value *value = wire_find(message, name);
  return value != NULL ? value->number : 0;
}

static void read_sample(const struct wire_message *message,
                        struct xbee_sample *sample) {
  sample->digital_mask = (uint16_t)number_of(message, "digital_mask");
  sample->digital = (uint16_t)number_of(message, "digital");
  sample->analog_mask = (uint8_t)number_of(message, "analog_mask");
  for (size_t i = 0; i < 4; i++)
    sample->analog[i] = (uint16_t)number_of(message, analog_names[i]);
}

static void read_content(const struct wire_message *message,
                         struct xbee_packet *packet) {
  const struct wire_value *bytes = wire_find(message, "bytes");
  packet->source_endpoint = (uint8_t)number_of(message, "source_endpoint");
  packet->destination_endpoint = (uint8_t)number_of(message, "destination_endpoint");
  packet->cluster = (uint16_t)number_of(message, "cluster");
  packet->profile = (uint16_t)number_of(message, "profile");
  packet->bytes = bytes != NULL ? bytes->bytes : NULL;
  packet->length = bytes != NULL ? bytes->length : 0;
  read_sample(message, &packet->sample);
}

bool xbee_packet_read(const uint8_t *bytes, size_t length, struct xbee_packet *packet) {
  struct wire_message message;
  if (!wire_decode(&xbee_packet_type, bytes, length, &message, NULL)) return false;
  if (number_of(&message, "mark") != MARK) return false;
  uint64_t kind = number_of(&message, "kind");
  if (kind < XBEE_PACKET_DATA || kind > XBEE_PACKET_ACK) return false;
  packet->kind = (enum xbee_packet_kind)kind;
  packet->sequence = (uint16_t)number_of(&message, "sequence");
  packet->flags = (uint8_t)number_of(&message, "flags");
  packet->pan = (uint16_t)number_of(&message, "pan");
  packet->channel = (uint8_t)number_of(&message, "channel");
  packet->source.long_ = number_of(&message, "source");
  packet->source.short_ = (uint16_t)number_of(&message, "source16");
  packet->destination.long_ = number_of(&message, "destination");
  packet->destination.short_ = (uint16_t)number_of(&message, "destination16");
  read_content(&message, packet);
  return packet->length <= XBEE_PAYLOAD_MOST;
}
