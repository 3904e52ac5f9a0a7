/* module_io.c: lines of the module, and samples of them. */
#include <string.h>

#include "xbee/module_state.h"

/* Settings of a line (user guide 90001500, D0 to D8). */
enum line_use { LINE_ANALOG = 2, LINE_INPUT = 3, LINE_LOW = 4, LINE_HIGH = 5 };

struct line {
  enum xbee_at_id id;
  unsigned dio;
  bool analog; /* ADn is on the same pin as DIOn */
};

static const struct line lines[] = {
    {XBEE_AT_D0, 0, true},   {XBEE_AT_D1, 1, true},   {XBEE_AT_D2, 2, true},
    {XBEE_AT_D3, 3, true},   {XBEE_AT_D4, 4, false},  {XBEE_AT_D5, 5, false},
    {XBEE_AT_D6, 6, false},  {XBEE_AT_D7, 7, false},  {XBEE_AT_D8, 8, false},
    {XBEE_AT_P0, 10, false}, {XBEE_AT_P1, 11, false}, {XBEE_AT_P2, 12, false},
};

#define LEGACY_DIGITAL 0x01FFu /* user guide 90001500, frame 0x82: DIO0 to DIO8 ... */
#define LEGACY_ANALOG  9       /* ... and AD0 to AD3 from bit 9 on */
#define TEN_BITS       0x3FFu

/* ---- reading ----------------------------------------------------------------- */

/* What is connected to a pin: something fixed by the seed (splitmix64). */
static uint64_t outside_world(const struct xbee_module *module, unsigned dio) {
  uint64_t mixed = module->seed + (dio + 1) * UINT64_C(0x9E3779B97F4A7C15);
  mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
  return mixed ^ (mixed >> 31);
}

static void read_line(const struct xbee_module *module, const struct line *line,
                      struct xbee_sample *sample) {
  uint64_t use = xbee_module_number(module, line->id);
  uint16_t bit = (uint16_t)(1u << line->dio);
  bool high = use == LINE_HIGH;
  if (use == LINE_INPUT) high = outside_world(module, line->dio) >> 63;
  if (use >= LINE_INPUT) sample->digital_mask |= bit;
  if (use >= LINE_INPUT && high) sample->digital |= bit;
  if (use == LINE_ANALOG && line->analog) {
    sample->analog_mask |= (uint8_t)bit;
    sample->analog[line->dio] = (uint16_t)(outside_world(module, line->dio) & TEN_BITS);
  }
}

void xbee_module_read_lines(const struct xbee_module *module,
                            struct xbee_sample *sample) {
  memset(sample, 0, sizeof *sample);
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
    read_line(module, &lines[i], sample);
}

/* The sample that is sent: P0 to P2 are sampled with AO below 2 only (user guide
 * 90002273, P0). False if no line is configured. */
static bool take_sample(const struct xbee_module *module, struct xbee_sample *sample) {
  xbee_module_read_lines(module, sample);
  if (xbee_module_number(module, XBEE_AT_AO) == 2) {
    sample->digital_mask &= LEGACY_DIGITAL;
    sample->digital &= LEGACY_DIGITAL;
  }
  return sample->digital_mask != 0 || sample->analog_mask != 0;
}

/* ---- as fields --------------------------------------------------------------- */

static const char *const analog_names[] = {"ad0", "ad1", "ad2", "ad3"};

static void add_lines(const struct xbee_sample *sample, bool legacy,
                      struct wire_item *items, size_t *count) {
  uint16_t mask = sample->digital_mask;
  if (legacy) mask &= LEGACY_DIGITAL;
  if (mask != 0)
    items[(*count)++] = xbee_number_item("digital", sample->digital & mask);
  for (size_t i = 0; i < 4; i++) {
    if (sample->analog_mask & 1u << i)
      items[(*count)++] =
          xbee_number_item(analog_names[i], sample->analog[i] & TEN_BITS);
  }
}

static void legacy_items(const struct xbee_sample *sample,
                         struct xbee_sample_items *items) {
  unsigned mask = sample->digital_mask & LEGACY_DIGITAL;
  mask |= (sample->analog_mask & 0x0Fu) << LEGACY_ANALOG;
  size_t count = 0;
  add_lines(sample, true, items->line, &count);
  items->set =
      (struct wire_item){.form = WIRE_ITEMS, .items = items->line, .count = count};
  items->item[0] = xbee_number_item("n_samples", 1);
  items->item[1] = xbee_number_item("sample_mask", mask);
  items->item[2] = (struct wire_item){
      .name = "samples", .form = WIRE_ITEMS, .items = &items->set, .count = 1};
  items->count = 3;
}

void xbee_sample_items(const struct xbee_sample *sample, bool legacy,
                       struct xbee_sample_items *items) {
  if (legacy) {
    legacy_items(sample, items);
    return;
  }
  items->item[0] = xbee_number_item("n_samples", 1);
  items->item[1] = xbee_number_item("digital_mask", sample->digital_mask);
  items->item[2] = xbee_number_item("analog_mask", sample->analog_mask & 0x0Fu);
  items->count = 3;
  add_lines(sample, false, items->item, &items->count);
}

/* ---- IS ---------------------------------------------------------------------- */

/* The value of IS is laid out as a sample frame goes on behind its options (user guide
 * 90002273, IS), so it is cut from one. */
static bool sample_block(const struct xbee_sample *sample, bool legacy, uint8_t *out,
                         size_t capacity, size_t *length) {
  const struct wire_type *type =
      xbee_type(legacy ? XBEE_TYPE_io_sample_16 : XBEE_TYPE_io_sample_indicator);
  struct xbee_sample_items items;
  xbee_sample_items(sample, legacy, &items);
  struct wire_item all[XBEE_SAMPLE_ITEMS + 3] = {
      xbee_number_item("source16", 0),
      xbee_number_item("options", 0),
      xbee_number_item(legacy ? "rssi" : "source", 0),
  };
  memcpy(all + 3, items.item, items.count * sizeof items.item[0]);
  uint8_t frame[64];
  size_t size;
  struct wire_message message;
  if (!wire_encode(type, all, items.count + 3, frame, sizeof frame, &size, NULL) ||
      !wire_decode(type, frame, size, &message, NULL))
    return false;
  const uint8_t *start = wire_find(&message, "n_samples")->bytes;
  *length = (size_t)(frame + size - start);
  if (*length > capacity) return false;
  memcpy(out, start, *length);
  return true;
}

bool xbee_module_force_sample(const struct xbee_module *module, uint8_t *out,
                              size_t capacity, size_t *length) {
  struct xbee_sample sample;
  if (!take_sample(module, &sample)) return false;
  bool legacy = xbee_module_number(module, XBEE_AT_AO) == 2;
  return sample_block(&sample, legacy, out, capacity, length);
}

/* ---- IR and IC --------------------------------------------------------------- */

/* To DH and DL, acknowledged like data. Without a configured line there is nothing to
 * send; while too many transmissions wait, a sample is lost. */
static void send_sample(struct xbee_module *module, uint64_t now) {
  struct xbee_packet packet = {
      .kind = XBEE_PACKET_SAMPLE,
      .flags = XBEE_PACKET_ACKED,
      .destination = xbee_module_target(module),
  };
  if (take_sample(module, &packet.sample))
    xbee_module_send(module, &packet, XBEE_NO_ANSWER, 0, now);
}

/* User guide 90002273, IC: a change of a watched line sends a sample. What is connected
 * to the inputs never changes here, so changes are those the host makes on outputs. A
 * line that only now became digital has not changed (the model's choice), and the
 * sample has all lines. */
static bool watched_changed(const struct xbee_module *module,
                            const struct xbee_sample *before,
                            const struct xbee_sample *after) {
  uint64_t changed = before->digital ^ after->digital;
  changed &= before->digital_mask & after->digital_mask;
  return changed & xbee_module_number(module, XBEE_AT_IC);
}

void xbee_module_lines_changed(struct xbee_module *module, uint64_t now) {
  struct xbee_sample before = module->lines;
  xbee_module_read_lines(module, &module->lines);
  if (watched_changed(module, &before, &module->lines)) send_sample(module, now);
  uint64_t period = xbee_module_number(module, XBEE_AT_IR) * 1000;
  if (period == module->sample_period) return;
  module->sample_period = period;
  module->next_sample = period != 0 ? now + period : PROTOCOL_NEVER;
}

/* Samples that the clock has jumped over are lost. */
void xbee_module_run_samples(struct xbee_module *module, uint64_t now) {
  if (now < module->next_sample) return;
  send_sample(module, now);
  module->next_sample += module->sample_period;
  if (module->next_sample <= now) module->next_sample = now + module->sample_period;
}
