/* make_body.h: bodies of messages made from their tables: by chance, as short or as
 * long as the table allows. Switches take arms by chance, whatever the size. */
#ifndef TEST_MAKE_BODY_H
#define TEST_MAKE_BODY_H

#include "test/bytes.h"

enum body_size { BODY_ANY, BODY_SHORTEST, BODY_LONGEST };

struct body {
  struct chance *from;
  enum body_size size;
  size_t most; /* bytes that there may be */
  uint8_t *out;
  size_t length;
  struct {
    const char *name;
    uint64_t number;
  } numbers[4 * WIRE_VALUES]; /* that later fields may look at */
  unsigned count;
};

static inline uint64_t body_number(const struct body *body, const char *name) {
  for (unsigned i = body->count; i-- > 0;) {
    if (strcmp(body->numbers[i].name, name) == 0) return body->numbers[i].number;
  }
  return 0;
}

static inline void body_put(struct body *body, uint8_t byte) {
  if (body->length < body->most) body->out[body->length++] = byte;
}

/* What looks at a number: the switch, the field it counts, and the bits that matter. */
struct body_uses {
  const struct wire_field *chooses;
  const struct wire_field *counts;
  bool bits;
};

static inline void body_find_uses(const struct wire_field *fields, const char *name,
                                  struct body_uses *uses) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->when != NULL && strcmp(field->when, name) == 0) uses->bits = true;
    bool by = field->by != NULL && strcmp(field->by, name) == 0;
    if (by && field->kind == WIRE_SWITCH) uses->chooses = field;
    if (by && field->kind != WIRE_SWITCH) uses->counts = field;
    if (field->kind == WIRE_LIST) body_find_uses(field->of, name, uses);
    if (field->kind != WIRE_SWITCH) continue;
    for (const struct wire_case *arm = field->cases;; arm++) {
      if (arm->fields != NULL) body_find_uses(arm->fields, name, uses);
      if (arm->otherwise) break;
    }
  }
}

static inline uint64_t body_arm(struct body *body, const struct wire_field *chooses) {
  size_t arms = 1;
  while (!chooses->cases[arms - 1].otherwise)
    arms++;
  const struct wire_case *arm = &chooses->cases[chance_below(body->from, arms)];
  return arm->otherwise ? chance(body->from) : arm->value;
}

static inline uint64_t body_named(struct body *body, const struct wire_name *names) {
  size_t rows = 0;
  while (names[rows].name != NULL)
    rows++;
  return rows > 0 ? names[chance_below(body->from, rows)].value : 0;
}

static inline uint64_t body_choose(struct body *body, const struct wire_field *field,
                                   const struct body_uses *uses) {
  if (uses->chooses != NULL) return body_arm(body, uses->chooses);
  if (body->size == BODY_LONGEST && (uses->counts || uses->bits)) return UINT64_MAX;
  if (body->size == BODY_SHORTEST && (uses->counts || uses->bits)) return 0;
  if (uses->counts && chance_below(body->from, 8) > 0)
    return chance_below(body->from, 6);
  bool constant = (field->flags & WIRE_CONST) && body->size != BODY_ANY;
  if (constant) return field->initial;
  switch (chance_below(body->from, 6)) {
  case 0: return 0;
  case 1: return UINT64_MAX;
  case 2: return field->initial;
  case 3: return field->names ? body_named(body, field->names) : 1;
  default: return chance(body->from);
  }
}

/* A number, or octets that are one: most significant byte first, if not said
 * otherwise. */
static inline void body_put_number(struct body *body, const struct wire_field *field,
                                   const struct wire_field *all) {
  struct body_uses uses = {0};
  body_find_uses(all, field->name, &uses);
  uint64_t number = body_choose(body, field, &uses);
  number &= UINT64_MAX >> (64 - 8 * field->size);
  for (unsigned i = 0; i < field->size; i++) {
    unsigned place = field->flags & WIRE_LE ? i : field->size - 1u - i;
    body_put(body, (uint8_t)(number >> (8 * place)));
  }
  assert_true(body->count < 4 * WIRE_VALUES);
  body->numbers[body->count].name = field->name;
  body->numbers[body->count++].number = number;
}

static inline size_t body_octets(struct body *body, const struct wire_field *field) {
  size_t left = body->most - body->length;
  switch (field->extent) {
  case WIRE_FIXED: return field->size;
  case WIRE_COUNTED: return (size_t)body_number(body, field->by);
  case WIRE_REST:
  case WIRE_TO_NUL: break;
  }
  if (body->size == BODY_SHORTEST) return 0;
  if (body->size == BODY_LONGEST) return field->extent == WIRE_REST ? left : left / 2;
  return chance_below(body->from, 24);
}

static inline void body_put_octets(struct body *body, const struct wire_field *field) {
  bool readable = chance_below(body->from, 2) == 0;
  bool padded = (field->flags & WIRE_PADDED) && chance_below(body->from, 2) == 0;
  size_t length = body_octets(body, field);
  for (size_t i = 0; i < length; i++) {
    uint8_t byte = (uint8_t)chance(body->from);
    if (readable) byte = (uint8_t)(0x20 + byte % 0x5F);
    if (field->extent == WIRE_TO_NUL && byte == 0) byte = 1;
    body_put(body, padded && i > length / 2 ? 0 : byte);
  }
}

static inline void body_put_fields(struct body *body, const struct wire_field *fields,
                                   const struct wire_field *all);

static inline void body_put_list(struct body *body, const struct wire_field *field) {
  uint64_t elements = chance_below(body->from, 5);
  if (body->size == BODY_SHORTEST) elements = 0;
  if (field->extent == WIRE_COUNTED) elements = body_number(body, field->by);
  unsigned outer = body->count;
  for (uint64_t i = 0; i < elements && body->length < body->most; i++) {
    body_put_fields(body, field->of, field->of);
    body->count = outer;
  }
}

static inline bool body_leaves_out(struct body *body, const struct wire_field *field) {
  if (field->when != NULL) {
    uint64_t number = body_number(body, field->when);
    if (field->when_mask != 0) number &= field->when_mask;
    if (number == 0) return true;
  }
  if (!(field->flags & WIRE_OPTIONAL) || body->size == BODY_LONGEST) return false;
  return body->size == BODY_SHORTEST || chance_below(body->from, 2) == 0;
}

static inline void body_put_switch(struct body *body, const struct wire_field *field,
                                   const struct wire_field *all) {
  uint64_t number = body_number(body, field->by);
  const struct wire_case *arm = field->cases;
  while (!arm->otherwise && arm->value != number)
    arm++;
  if (arm->fields != NULL) body_put_fields(body, arm->fields, all);
}

/* `all`: the table that is searched for what looks at a number. */
static inline void body_put_fields(struct body *body, const struct wire_field *fields,
                                   const struct wire_field *all) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    bool key = field->extent == WIRE_FIXED && field->size >= 1 && field->size <= 8;
    if (field->kind == WIRE_SWITCH) {
      body_put_switch(body, field, all);
    } else if (body_leaves_out(body, field)) {
      continue;
    } else if (field->kind == WIRE_LIST) {
      body_put_list(body, field);
    } else if (wire_is_number(field) ||
               (key && field->kind != WIRE_IP && chance_below(body->from, 2) == 0)) {
      body_put_number(body, field, all);
    } else {
      body_put_octets(body, field);
    }
  }
}

/* At most `most` bytes; returns how many. The body may break the table's limits. */
static inline size_t make_body(const struct wire_type *type, enum body_size size,
                               struct chance *from, uint8_t *out, size_t most) {
  struct body body = {.from = from, .size = size, .most = most, .out = out};
  body_put_fields(&body, type->fields, type->fields);
  return body.length;
}

#endif
