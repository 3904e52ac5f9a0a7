/* table.c: looking into field tables, and proving them sound. */
#include <stdio.h>
#include <string.h>

#include "wire/internal.h"

const struct wire_field *wire_field_of(const struct wire_field *fields,
                                       const char *name) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->kind == WIRE_SWITCH) {
      for (const struct wire_case *arm = field->cases;; arm++) {
        const struct wire_field *found =
            arm->fields ? wire_field_of(arm->fields, name) : NULL;
        if (found != NULL) return found;
        if (arm->otherwise) break;
      }
    } else if (strcmp(field->name, name) == 0) {
      return field;
    }
  }
  return NULL;
}

static const struct wire_item *number_item(const struct wire_item *items, size_t count,
                                           const char *name) {
  for (size_t i = 0; i < count; i++) {
    bool same = items[i].name != NULL && strcmp(items[i].name, name) == 0;
    if (same && items[i].form == WIRE_NUMBER) return &items[i];
  }
  return NULL;
}

const struct wire_field *wire_field_for(const struct wire_field *fields,
                                        const struct wire_item *items, size_t count,
                                        const char *name) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->kind != WIRE_SWITCH) {
      if (strcmp(field->name, name) == 0) return field;
      continue;
    }
    const struct wire_item *by = number_item(items, count, field->by);
    const struct wire_case *arm = by ? wire_arm(field, by->number) : field->cases;
    for (;; arm++) {
      const struct wire_field *found =
          arm->fields ? wire_field_for(arm->fields, items, count, name) : NULL;
      if (found != NULL) return found;
      if (arm->otherwise || by != NULL) break;
    }
  }
  return NULL;
}

static size_t add_names(const struct wire_field *fields, const char **names,
                        size_t used, size_t capacity) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->kind != WIRE_SWITCH) {
      if (used + 1 < capacity) names[used++] = field->name;
      continue;
    }
    for (const struct wire_case *arm = field->cases;; arm++) {
      if (arm->fields) used = add_names(arm->fields, names, used, capacity);
      if (arm->otherwise) break;
    }
  }
  return used;
}

size_t wire_field_names(const struct wire_field *fields, const char **names,
                        size_t capacity) {
  size_t count = add_names(fields, names, 0, capacity);
  names[count] = NULL;
  return count;
}

/* ---- faults ------------------------------------------------------------------ */

/* The fields before a place in a message, along one way through its switches. An
 * element of a list also sees the fields of the message around it: those come first. */
struct path {
  const struct wire_field *field[2 * WIRE_VALUES];
  unsigned count;
  unsigned outer; /* how many belong to the message around */
  unsigned depth; /* of tables in tables */
};

#define DEPTH_MAX 16 /* a table that leads back to itself has no end */

static const struct wire_field *on_path(const struct path *path, const char *name) {
  for (unsigned i = path->count; i-- > 0;) {
    if (strcmp(path->field[i]->name, name) == 0) return path->field[i];
  }
  return NULL;
}

static bool number_on_path(const struct path *path, const char *name) {
  const struct wire_field *field = name ? on_path(path, name) : NULL;
  return field != NULL && (wire_is_number(field) || wire_is_key(field));
}

static const char *fields_fault(const struct wire_field *fields, struct path path);

static bool is_word(const char *name) {
  return *name >= 'a' && *name <= 'z' &&
         name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

static bool holds(const struct wire_field *field, uint64_t number) {
  uint8_t bytes[8];
  wire_store(bytes, field->size, field->flags & WIRE_LE, number);
  return wire_number_in(field, bytes) == number;
}

static const char *bits_fault(const struct wire_name *row) {
  uint64_t mask = row->mask ? row->mask : row->value;
  uint64_t lowest = mask & (~mask + 1);
  if (row->number && (row->mask == 0 || ((mask + lowest) & mask) != 0))
    return "a number among bits needs a mask without holes";
  if (mask == 0) return "a name among bits needs a bit";
  return row->value & ~mask ? "a name has a value outside its mask" : NULL;
}

static const char *names_fault(const struct wire_field *field) {
  for (const struct wire_name *row = field->names; row && row->name; row++) {
    const char *fault = field->kind == WIRE_BITS ? bits_fault(row) : NULL;
    if (fault != NULL) return fault;
    if (!is_word(row->name)) return "a name is lower case, digits and '_'";
    if (field->kind != WIRE_BITS && (row->mask || row->number))
      return "a name has a mask, but the field has no bits";
    if (!holds(field, row->value) || !holds(field, row->mask))
      return "a name has a value that the field cannot hold";
    for (const struct wire_name *other = field->names; other < row; other++) {
      if (strcmp(other->name, row->name) == 0 &&
          (other->value != row->value || other->mask != row->mask))
        return "one name for two values";
    }
  }
  return NULL;
}

static const char *number_fault(const struct wire_field *field) {
  if (field->size < 1 || field->size > 8 || field->extent != WIRE_FIXED)
    return "an integer has 1 to 8 bytes";
  if ((field->flags & (WIRE_CONST | WIRE_DEFAULT)) && !holds(field, field->initial))
    return "the initial value does not fit";
  bool sign = field->kind == WIRE_INT;
  bool ordered = sign ? (int64_t)field->least <= (int64_t)field->most
                      : field->least <= field->most;
  if ((field->flags & WIRE_RANGE) && !ordered)
    return "the range is the wrong way round";
  return names_fault(field);
}

static const char *list_fault(const struct wire_field *field, const struct path *path) {
  if (field->of == NULL || field->of->kind == WIRE_END)
    return "a list needs the layout of its elements";
  if (field->extent != WIRE_REST && field->extent != WIRE_COUNTED)
    return "a list is counted or ends with the message";
  struct path inner = {.outer = path->count - path->outer, .depth = path->depth};
  inner.count = inner.outer;
  for (unsigned i = 0; i < inner.count; i++)
    inner.field[i] = path->field[path->outer + i];
  return fields_fault(field->of, inner);
}

static const char *octets_fault(const struct wire_field *field,
                                const struct path *path) {
  bool fixed = field->extent == WIRE_FIXED;
  if (field->kind == WIRE_IP && ((field->size != 4 && field->size != 16) || !fixed))
    return "an address has 4 or 16 bytes";
  if (field->flags & (WIRE_CONST | WIRE_DEFAULT | WIRE_FOLLOWS))
    return "only a number is a constant, a default or a length";
  if (field->names != NULL) return "only numbers have names for values";
  if ((field->flags & WIRE_PADDED) && (field->kind != WIRE_TEXT || !fixed))
    return "only text of a fixed size is padded";
  if (field->extent == WIRE_COUNTED && !number_on_path(path, field->by))
    return "the count is no earlier number";
  if (field->extent == WIRE_REST && field[1].kind != WIRE_END)
    return "nothing can stand behind what takes the rest";
  return field->kind == WIRE_LIST ? list_fault(field, path) : NULL;
}

static const char *field_fault(const struct wire_field *field,
                               const struct path *path) {
  if (field->name == NULL) return "a field without name";
  if (!is_word(field->name)) return "a name is lower case, digits and '_'";
  if (on_path(path, field->name) != NULL) return "two fields of one name";
  if (field->when != NULL && !number_on_path(path, field->when))
    return "the condition is no earlier number";
  if (path->count - path->outer == WIRE_VALUES) return "too many fields";
  if (wire_is_number(field)) return number_fault(field);
  if (field->kind > WIRE_SWITCH) return "an unknown kind of field";
  return octets_fault(field, path);
}

/* Each arm goes on with the fields behind the switch, so every way is followed. */
static const char *switch_fault(const struct wire_field *field,
                                const struct path *path) {
  if (!number_on_path(path, field->by)) return "the switch looks at no earlier number";
  if (field->when != NULL) return "a switch stands under no condition";
  if (field->cases == NULL) return "a switch needs arms";
  if (field[1].kind != WIRE_END) return "a switch must be the last field of its table";
  for (const struct wire_case *arm = field->cases;; arm++) {
    const char *fault = arm->fields ? fields_fault(arm->fields, *path) : NULL;
    if (fault != NULL || arm->otherwise) return fault;
  }
}

static const char *fields_fault(const struct wire_field *fields, struct path path) {
  if (path.depth++ == DEPTH_MAX) return "tables are nested too deeply";
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    const char *fault = field->kind == WIRE_SWITCH ? switch_fault(field, &path)
                                                   : field_fault(field, &path);
    if (fault != NULL) return fault;
    if (field->kind != WIRE_SWITCH) path.field[path.count++] = field;
  }
  return NULL;
}

const char *wire_table_fault(const struct wire_type *type) {
  if (type->name == NULL || type->title == NULL || type->source == NULL)
    return "a message needs a name, a title and a source";
  if (type->fields == NULL) return "a message needs a table, if only {0}";
  if (type->least > type->most)
    return "the limits of the length are the wrong way round";
  return fields_fault(type->fields, (struct path){.count = 0});
}
