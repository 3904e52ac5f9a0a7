/* wire_tables.h: small tables that between them have every kind of field. */
#ifndef TEST_WIRE_TABLES_H
#define TEST_WIRE_TABLES_H

#include "wire/wire.h"

static const struct wire_field octets[] = {
    {.name = "fixed", .kind = WIRE_BYTES, .size = 3},
    {.name = "count", .kind = WIRE_UINT, .size = 1},
    {.name = "counted", .kind = WIRE_BYTES, .extent = WIRE_COUNTED, .by = "count"},
    {.name = "to_nul", .kind = WIRE_TEXT, .extent = WIRE_TO_NUL},
    {.name = "nul",
     .kind = WIRE_UINT,
     .size = 1,
     .flags = WIRE_OPTIONAL | WIRE_CONST | WIRE_QUIET},
    {.name = "rest", .kind = WIRE_BYTES, .extent = WIRE_REST},
    {0},
};

static const struct wire_field internet[] = {
    {.name = "v4", .kind = WIRE_IP, .size = 4},
    {.name = "v6", .kind = WIRE_IP, .size = 16},
    {0},
};

static const struct wire_field hop_fields[] = {
    {.name = "hop", .kind = WIRE_UINT, .size = 2, .flags = WIRE_HEX},
    {0},
};

static const struct wire_field counted_list[] = {
    {.name = "hop_count", .kind = WIRE_UINT, .size = 1},
    {.name = "hops",
     .kind = WIRE_LIST,
     .extent = WIRE_COUNTED,
     .by = "hop_count",
     .of = hop_fields},
    {.name = "last", .kind = WIRE_UINT, .size = 1, .flags = WIRE_DEFAULT},
    {0},
};

static const struct wire_name entry_bits[] = {
    {.name = "directory", .value = 0x80000000, .text = "a directory"},
    {.name = "size", .mask = 0x00FFFFF0, .number = true},
    {0},
};

static const struct wire_field entry_fields[] = {
    {.name = "info", .kind = WIRE_BITS, .size = 4, .names = entry_bits},
    {.name = "name", .kind = WIRE_TEXT, .extent = WIRE_TO_NUL},
    {.name = "name_end",
     .kind = WIRE_UINT,
     .size = 1,
     .flags = WIRE_OPTIONAL | WIRE_CONST | WIRE_QUIET},
    {0},
};

static const struct wire_field open_list[] = {
    {.name = "entries", .kind = WIRE_LIST, .extent = WIRE_REST, .of = entry_fields},
    {0},
};

#define IF_LINE(bit, line)                                                             \
  { .name = (line), .kind = WIRE_UINT, .size = 2, .when = "lines", .when_mask = (bit) }

static const struct wire_field set_fields[] = {
    IF_LINE(1, "first"),
    IF_LINE(2, "second"),
    IF_LINE(4, "third"),
    {0},
};

static const struct wire_field samples[] = {
    {.name = "set_count", .kind = WIRE_UINT, .size = 1},
    {.name = "lines", .kind = WIRE_UINT, .size = 1},
    {.name = "sets",
     .kind = WIRE_LIST,
     .extent = WIRE_COUNTED,
     .by = "set_count",
     .of = set_fields},
    {0},
};

static const struct wire_field cell_fields[] = {
    {.name = "cell", .kind = WIRE_UINT, .size = 1},
    {0},
};

static const struct wire_field row_fields[] = {
    {.name = "cell_count", .kind = WIRE_UINT, .size = 1},
    {.name = "cells",
     .kind = WIRE_LIST,
     .extent = WIRE_COUNTED,
     .by = "cell_count",
     .of = cell_fields},
    {0},
};

static const struct wire_field nested_list[] = {
    {.name = "row_count", .kind = WIRE_UINT, .size = 1},
    {.name = "rows",
     .kind = WIRE_LIST,
     .extent = WIRE_COUNTED,
     .by = "row_count",
     .of = row_fields},
    {0},
};

static const struct wire_field conditional[] = {
    {.name = "mask", .kind = WIRE_UINT, .size = 1},
    {.name = "if_bit_0",
     .kind = WIRE_UINT,
     .size = 1,
     .when = "mask",
     .when_mask = 0x01},
    {.name = "if_bit_1",
     .kind = WIRE_BYTES,
     .size = 1,
     .when = "mask",
     .when_mask = 0x02},
    {.name = "if_present_bit_0",
     .kind = WIRE_UINT,
     .size = 1,
     .when = "if_bit_0",
     .when_mask = 0x01},
    {.name = "if_any", .kind = WIRE_UINT, .size = 1, .when = "if_bit_0"},
    {0},
};

static const struct wire_field tails[] = {
    {.name = "head", .kind = WIRE_UINT, .size = 1},
    {.name = "four", .kind = WIRE_UINT, .size = 4, .flags = WIRE_OPTIONAL},
    {.name = "one", .kind = WIRE_UINT, .size = 1, .flags = WIRE_OPTIONAL},
    {0},
};

static const struct wire_field word_fields[] = {
    {.name = "word", .kind = WIRE_UINT, .size = 2},
    {0},
};
static const struct wire_field triple_fields[] = {
    {.name = "triple", .kind = WIRE_BYTES, .size = 3},
    {0},
};
static const struct wire_field single_fields[] = {
    {.name = "single", .kind = WIRE_UINT, .size = 1},
    {0},
};
static const struct wire_case levels[] = {
    {.value = 1, .fields = triple_fields},
    {.fields = single_fields, .otherwise = true},
};
static const struct wire_field deeper_fields[] = {
    {.name = "level", .kind = WIRE_UINT, .size = 1},
    {.kind = WIRE_SWITCH, .by = "level", .cases = levels},
    {0},
};
static const struct wire_field other_fields[] = {
    {.name = "other", .kind = WIRE_BYTES, .extent = WIRE_REST},
    {0},
};
static const struct wire_case choices[] = {
    {.value = 1, .fields = word_fields},
    {.value = 2, .fields = NULL},
    {.value = 3, .fields = deeper_fields},
    {.fields = other_fields, .otherwise = true},
};
static const struct wire_field choice[] = {
    {.name = "kind", .kind = WIRE_UINT, .size = 1},
    {.kind = WIRE_SWITCH, .by = "kind", .cases = choices},
    {0},
};

static const struct wire_field identifier_fields[] = {
    {.name = "identifier", .kind = WIRE_TEXT, .extent = WIRE_REST},
    {0},
};
static const struct wire_field channel_fields[] = {
    {.name = "channel", .kind = WIRE_UINT, .size = 1},
    {0},
};
static const struct wire_field any_value[] = {
    {.name = "value", .kind = WIRE_BYTES, .extent = WIRE_REST, .flags = WIRE_OPTIONAL},
    {0},
};
static const struct wire_case commands[] = {
    {.value = 0x4E49, .fields = identifier_fields}, /* NI */
    {.value = 0x4348, .fields = channel_fields},    /* CH */
    {.fields = any_value, .otherwise = true},
};
static const struct wire_field by_command[] = {
    {.name = "command", .kind = WIRE_TEXT, .size = 2},
    {.kind = WIRE_SWITCH, .by = "command", .cases = commands},
    {0},
};

static const struct wire_field minus_two_fields[] = {
    {.name = "minus_two", .kind = WIRE_UINT, .size = 1},
    {0},
};
static const struct wire_case signs[] = {
    {.value = (uint64_t)-2, .fields = minus_two_fields},
    {.otherwise = true},
};
static const struct wire_field by_sign[] = {
    {.name = "sign", .kind = WIRE_INT, .size = 1},
    {.kind = WIRE_SWITCH, .by = "sign", .cases = signs},
    {0},
};

static const struct wire_field all_sorts[] = {
    {.name = "number", .kind = WIRE_UINT, .size = 4},
    {.name = "small", .kind = WIRE_INT, .size = 1},
    {.name = "fixed", .kind = WIRE_BYTES, .size = 2},
    {.name = "count", .kind = WIRE_UINT, .size = 1},
    {.name = "data", .kind = WIRE_BYTES, .extent = WIRE_COUNTED, .by = "count"},
    {.name = "flag", .kind = WIRE_UINT, .size = 1},
    {.name = "more", .kind = WIRE_UINT, .size = 2, .when = "flag"},
    {.name = "key", .kind = WIRE_TEXT, .size = 2},
    {.kind = WIRE_SWITCH, .by = "key", .cases = commands},
    {0},
};

static const struct wire_name answers[] = {
    {.name = "yes", .value = 1, .text = "Yes"},
    {.name = "no", .value = 0},
    {0},
};
static const struct wire_name flags[] = {
    {.name = "flag_0", .value = 0x01},
    {.name = "mode_2", .mask = 0x06, .value = 0x02},
    {.name = "mode_4", .mask = 0x06, .value = 0x04},
    {0},
};
static const struct wire_name some_numbers[] = {
    {.name = "none", .value = 0},
    {.name = "nearly_all", .value = 0xFF00},
    {0},
};
static const struct wire_field marked[] = {
    {.name = "constant",
     .kind = WIRE_UINT,
     .size = 1,
     .flags = WIRE_CONST | WIRE_QUIET,
     .initial = 5},
    {.name = "named", .kind = WIRE_UINT, .size = 1, .names = answers},
    {.name = "bits", .kind = WIRE_BITS, .size = 1, .names = flags},
    {.name = "signed",
     .kind = WIRE_INT,
     .size = 1,
     .flags = WIRE_RANGE,
     .least = (uint64_t)-10,
     .most = 20},
    {.name = "some_named",
     .kind = WIRE_UINT,
     .size = 2,
     .flags = WIRE_RANGE | WIRE_HEX,
     .most = 0xFF00,
     .names = some_numbers},
    {.name = "follows", .kind = WIRE_UINT, .size = 1, .flags = WIRE_FOLLOWS},
    {.name = "text",
     .kind = WIRE_TEXT,
     .extent = WIRE_REST,
     .flags = WIRE_RANGE,
     .least = 2,
     .most = 4},
    {0},
};

enum { PRODUCT_A = 1, PRODUCT_B = 2, PRODUCT_C = 4 };

static const struct wire_name codes_by_product[] = {
    {.name = "for_a", .value = 1, .where = PRODUCT_A},
    {.name = "for_b", .value = 1, .where = PRODUCT_B},
    {0},
};
static const struct wire_name bits_by_product[] = {
    {.name = "bit_of_a", .value = 2, .where = PRODUCT_A},
    {.name = "bit_of_b", .mask = 3, .value = 3, .where = PRODUCT_B},
    {.name = "bit_of_all", .value = 0x80},
    {0},
};
static const struct wire_field by_product[] = {
    {.name = "code", .kind = WIRE_UINT, .size = 1, .names = codes_by_product},
    {.name = "bits", .kind = WIRE_BITS, .size = 1, .names = bits_by_product},
    {0},
};

#endif
