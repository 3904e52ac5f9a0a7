/* toy_family.h: two small families for the loader's tests, so that those do not change
 * with the real tables. Included once, in place of families.c. */
#include <stdlib.h>
#include <string.h>

#include "protocol.h"

static const struct wire_name toy_statuses[] = {
    {.name = "ok", .value = 0},
    {.name = "error", .value = 1},
    {.name = "refused", .value = 2},
    {.name = NULL},
};
static const struct wire_name toy_flags[] = {
    {.name = "urgent", .value = 0x01},
    {.name = "broadcast", .value = 0x02},
    {.name = "hops", .mask = 0xF0, .number = true},
    {.name = NULL},
};
static const struct wire_name toy_kinds[] = {
    {.name = "login", .value = 0}, {.name = "logout", .value = 1}, {.name = NULL}};

static const struct wire_field ask_fields[] = {
    {.name = "id", .kind = WIRE_UINT, .size = 1},
    {.name = "command", .kind = WIRE_TEXT, .size = 2},
    {.name = "value", .kind = WIRE_BYTES, .extent = WIRE_REST, .flags = WIRE_OPTIONAL},
    {.name = NULL},
};
static const struct wire_field answer_fields[] = {
    {.name = "id", .kind = WIRE_UINT, .size = 1},
    {.name = "command", .kind = WIRE_TEXT, .size = 2},
    {.name = "status", .kind = WIRE_UINT, .size = 1, .names = toy_statuses},
    {.name = "value", .kind = WIRE_BYTES, .extent = WIRE_REST, .flags = WIRE_OPTIONAL},
    {.name = NULL},
};
static const struct wire_field login_fields[] = {
    {.name = "timeout", .kind = WIRE_UINT, .size = 2},
    {.name = "password", .kind = WIRE_TEXT, .extent = WIRE_REST},
    {.name = NULL},
};
static const struct wire_field logout_fields[] = {
    {.name = "reason", .kind = WIRE_UINT, .size = 1}, {.name = NULL}};
static const struct wire_case control_cases[] = {
    {.value = 0, .fields = login_fields},
    {.value = 1, .fields = logout_fields},
    {.otherwise = true},
};
static const struct wire_field control_fields[] = {
    {.name = "kind", .kind = WIRE_UINT, .size = 1, .names = toy_kinds},
    {.name = "rest", .kind = WIRE_SWITCH, .by = "kind", .cases = control_cases},
    {.name = NULL},
};
static const struct wire_field pin_fields[] = {
    {.name = "pin", .kind = WIRE_UINT, .size = 1},
    {.name = "high", .kind = WIRE_UINT, .size = 1},
    {.name = NULL},
};
static const struct wire_field sample_fields[] = {
    {.name = "flags", .kind = WIRE_BITS, .size = 1, .names = toy_flags},
    {.name = "degrees", .kind = WIRE_INT, .size = 2},
    {.name = "source", .kind = WIRE_IP, .size = 4},
    {.name = "label", .kind = WIRE_TEXT, .size = 8, .flags = WIRE_PADDED},
    {.name = "key", .kind = WIRE_BYTES, .size = 4},
    {.name = "count", .kind = WIRE_UINT, .size = 1},
    {.name = "pins",
     .kind = WIRE_LIST,
     .extent = WIRE_COUNTED,
     .by = "count",
     .of = pin_fields},
    {.name = NULL},
};
/* A switch that looks at text: "NI" goes on with a name, "AP" with a number. */
static const struct wire_field name_fields[] = {
    {.name = "text", .kind = WIRE_TEXT, .extent = WIRE_REST}, {.name = NULL}};
static const struct wire_case keyed_cases[] = {
    {.value = 0x4E49, .fields = name_fields},
    {.value = 0x4150, .fields = logout_fields},
    {.otherwise = true},
};
static const struct wire_field keyed_fields[] = {
    {.name = "command", .kind = WIRE_TEXT, .size = 2},
    {.name = "rest", .kind = WIRE_SWITCH, .by = "command", .cases = keyed_cases},
    {.name = NULL},
};
static const struct wire_field no_fields[] = {{.name = NULL}};

static const struct wire_type toy_types[] = {
    {"ask", "Ask", 1, WIRE_OUT, 0, 3, 64, ask_fields, "toy, 1"},
    {"answer", "Answer", 2, WIRE_IN, 0, 4, 64, answer_fields, "toy, 2"},
    {"control", "Control", 3, WIRE_OUT, 0, 1, 64, control_fields, "toy, 3"},
    {"sample", "Sample", 4, WIRE_ANY_WAY, 0, 20, 128, sample_fields, "toy, 4"},
    {"event", "Event", 5, WIRE_IN, 0, 1, 1, logout_fields, "toy, 5"},
    {"keyed", "Keyed", 7, WIRE_OUT, 0, 2, 64, keyed_fields, "toy, 7"},
    {"ping", "Ping", 6, WIRE_OUT, 0, 0, 0, no_fields, "toy, 6"},
};

/* ---- framing and verb -------------------------------------------------------- */

static bool toy_open(void *decoder, enum wire_direction direction,
                     const struct protocol_setting *settings, size_t count,
                     struct wire_error *error) {
  (void)decoder;
  (void)direction;
  const char *mode = protocol_setting_of(settings, count, "mode");
  if (mode == NULL || strcmp(mode, "1") == 0 || strcmp(mode, "2") == 0) return true;
  return wire_fail(error, WIRE_UNFIT, 0, NULL, "mode=%s: must be 1 or 2", mode);
}

static bool toy_wrap(const struct wire_type *type, const uint8_t *body, size_t length,
                     const struct protocol_setting *settings, size_t count,
                     uint8_t *out, size_t capacity, size_t *out_length,
                     struct wire_error *error) {
  for (size_t i = 0; i < count; i++) {
    char *end;
    long add = strtol(settings[i].value, &end, 0);
    if (strcmp(settings[i].name, "checksum") != 0)
      return wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "no framing option '%s'",
                       settings[i].name);
    if (*end != 0 || add < -255 || add > 255)
      return wire_fail(error, WIRE_UNFIT, 0, NULL, "checksum=%s: must be -255 to 255",
                       settings[i].value);
  }
  if (length + 1 > capacity) return wire_fail(error, WIRE_SPACE, 0, NULL, "no room");
  out[0] = (uint8_t)type->code;
  memcpy(out + 1, body, length);
  *out_length = length + 1;
  return true;
}

static const struct protocol_framing toy_framing = {
    .size = 16, .open = toy_open, .wrap = toy_wrap, .most = 65};

/* NI: text of at most 20 bytes, AP: a number, *S: four octets that cannot be read. */
static bool toy_plan(const char *name, const char *value, uint8_t id,
                     struct wire_scratch *scratch, struct protocol_exchange *exchange,
                     struct wire_error *error) {
  (void)id;
  (void)scratch;
  (void)exchange;
  bool salt = strcmp(name, "*S") == 0;
  if (strcmp(name, "NI") != 0 && strcmp(name, "AP") != 0 && !salt)
    return wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "no setting '%s'", name);
  if (salt && value == NULL)
    return wire_fail(error, WIRE_UNFIT, 0, NULL, "*S cannot be read");
  if (value != NULL && strcmp(name, "NI") == 0 && strlen(value) > 20)
    return wire_fail(error, WIRE_UNFIT, 20, NULL, "NI holds 20 bytes");
  return true;
}

static const struct protocol_verb toy_verbs[] = {
    {.name = "set", .about = "reads and writes settings", .plan = toy_plan},
    {.name = NULL},
};
static const struct protocol_option toy_options[] = {
    {"mode", "1|2", "1", "kind of framing"}, {.name = NULL}};
static const struct protocol_device toy_device = {.name = "toy-basic", .size = 16};
static const struct protocol_device *const toy_devices[] = {&toy_device, NULL};
static const struct protocol_device *const no_devices[] = {NULL};

static const struct protocol toy = {
    .name = "toy",
    .title = "Toy",
    .types = toy_types,
    .type_count = sizeof toy_types / sizeof *toy_types,
    .options = toy_options,
    .framing = &toy_framing,
    .verbs = toy_verbs,
    .devices = toy_devices,
};
static const struct protocol other = {
    .name = "other", .title = "Other", .devices = no_devices};

/* ---- in place of families.c ----------------------------------------------------- */

const struct protocol *const protocol_families[] = {&toy, &other, NULL};
