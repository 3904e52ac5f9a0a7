/* values.c: numbers, times and octets. */
#include <string.h>

#include "case/load.h"

/* ---- numbers ----------------------------------------------------------------- */

static int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

/* The number that `text` begins with; NULL if there is none, else what follows it. */
static const char *front_number(const char *text, uint64_t *number) {
  int base = 10;
  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text += 2;
  }
  if (digit_of(*text) >= base) return NULL;
  uint64_t value = 0;
  for (; digit_of(*text) < base; text++) {
    uint64_t digit = (uint64_t)digit_of(*text);
    if (value > (UINT64_MAX - digit) / (uint64_t)base) return NULL;
    value = value * (uint64_t)base + digit;
  }
  *number = value;
  return text;
}

bool value_number(const char *text, uint64_t *number) {
  const char *rest = front_number(text, number);
  return rest != NULL && *rest == 0;
}

bool read_amount(struct scope *scope, const struct node *node, const char *what,
                 uint64_t most, struct amount *amount) {
  struct loader *loader = scope->loader;
  *amount = (struct amount){.value = 0};
  if (node == NULL) return false;
  if (node->kind != NODE_TEXT) {
    complain_kind(loader, node, "a number", what);
    return false;
  }
  uint64_t largest;
  if (is_name(node)) {
    const char *name = arena_copy(loader->keep, node->text + 1);
    if (name == NULL) return false;
    const struct parameter *parameter =
        scope_parameter(scope, &node->place, name, true);
    if (parameter == NULL) return false;
    amount->name = name;
    largest = parameter_most(parameter);
  } else if (!value_number(node->text, &amount->value)) {
    complain(loader->complaints, &node->place,
             "expected a number or a $parameter for %s, found '%.80s'", what,
             node->text);
    return false;
  } else {
    largest = amount->value;
  }
  if (largest <= most) return true;
  complain(loader->complaints, &node->place, "%s is at most %llu", what,
           (unsigned long long)most);
  return false;
}

/* ---- parameters of `each` ---------------------------------------------------- */

static bool fill_range(struct loader *loader, const struct node *node, const char *what,
                       uint64_t low, uint64_t high, struct parameter *parameter) {
  if (low > high || high - low >= VALUES_MAX) {
    complain(loader->complaints, &node->place,
             low > high ? "%s: the range %llu..%llu is empty"
                        : "%s: the range %llu..%llu has more than " VALUES_TEXT
                          " numbers",
             what, (unsigned long long)low, (unsigned long long)high);
    return false;
  }
  parameter->count = (size_t)(high - low + 1);
  uint64_t *values = arena_array(loader->keep, parameter->count, sizeof *values);
  if (values == NULL) return false;
  for (size_t i = 0; i < parameter->count; i++)
    values[i] = low + i;
  parameter->values = values;
  return true;
}

static bool fill_list(struct loader *loader, const struct node *node, const char *what,
                      struct parameter *parameter) {
  if (node->count == 0 || node->count > VALUES_MAX) {
    complain(loader->complaints, &node->place,
             node->count == 0 ? "%s has no values"
                              : "%s has more than " VALUES_TEXT " values",
             what);
    return false;
  }
  uint64_t *values = arena_array(loader->keep, node->count, sizeof *values);
  if (values == NULL) return false;
  bool good = true;
  for (const struct node *item = node->first; item != NULL; item = item->next) {
    bool text = item->kind == NODE_TEXT;
    if (text && value_number(item->text, &values[parameter->count])) {
      parameter->count++;
      continue;
    }
    complain(loader->complaints, &item->place, "expected a number in %s, found %.80s",
             what, text ? item->text : node_kind_name(item));
    good = false;
  }
  parameter->values = values;
  return good;
}

bool read_parameter(struct loader *loader, const struct node *node, const char *what,
                    struct parameter *parameter) {
  if (node->kind == NODE_LIST) return fill_list(loader, node, what, parameter);
  uint64_t low, high;
  const char *rest = node->kind == NODE_TEXT ? front_number(node->text, &low) : NULL;
  if (rest != NULL && rest[0] == '.' && rest[1] == '.' && value_number(rest + 2, &high))
    return fill_range(loader, node, what, low, high, parameter);
  complain(loader->complaints, &node->place,
           "expected a range such as 1..8 or a list of numbers for %s", what);
  return false;
}

uint64_t parameter_most(const struct parameter *parameter) {
  uint64_t most = 0;
  for (size_t i = 0; i < parameter->count; i++) {
    if (parameter->values[i] > most) most = parameter->values[i];
  }
  return most;
}

/* ---- durations --------------------------------------------------------------- */

static const struct {
  const char *name;
  uint64_t microseconds;
} units[] = {
    {"us", 1}, {"ms", 1000}, {"s", 1000000}, {"min", 60000000}, {"h", 3600000000},
};

bool read_duration(struct loader *loader, const struct node *node, const char *what,
                   uint64_t *duration) {
  if (node == NULL) return false;
  if (node->kind != NODE_TEXT) {
    complain_kind(loader, node, "a time such as 500 ms", what);
    return false;
  }
  uint64_t number;
  const char *unit = front_number(node->text, &number);
  if (unit == NULL) {
    complain(loader->complaints, &node->place,
             "expected a time such as 500 ms for %s, found '%.80s'", what, node->text);
    return false;
  }
  unit += strspn(unit, " ");
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    words_add(&words, units[i].name);
    if (strcmp(units[i].name, unit) != 0) continue;
    if (number > DURATION_MAX / units[i].microseconds) {
      complain(loader->complaints, &node->place, "%s is longer than a week", what);
      return false;
    }
    *duration = number * units[i].microseconds;
    return true;
  }
  if (*unit == 0)
    complain(loader->complaints, &node->place,
             "%s needs a unit behind the number: us, ms, s, min or h", what);
  else
    complain_unknown(loader->complaints, &node->place, "unit", unit, &words);
  return false;
}

/* ---- octets ------------------------------------------------------------------ */

bool read_hex(struct loader *loader, const struct node *node, const char *what,
              struct octets *octets) {
  return read_octets(loader, node, what, wire_parse_hex, octets);
}

bool read_octets(struct loader *loader, const struct node *node, const char *what,
                 octets_parser *parse, struct octets *octets) {
  *octets = (struct octets){.length = 0};
  if (node == NULL) return false;
  if (node->kind != NODE_TEXT) {
    complain_kind(loader, node, parse == wire_parse_hex ? "hexadecimal digits" : "text",
                  what);
    return false;
  }
  size_t capacity = strlen(node->text);
  uint8_t *bytes = arena_take(loader->keep, capacity);
  struct wire_error error;
  if (bytes == NULL) return false;
  octets->bytes = bytes;
  if (parse(node->text, bytes, capacity, &octets->length, &error)) return true;
  complain_inside(loader, node, error.offset, error.text);
  return false;
}

bool is_raw(const struct node *node) {
  if (node->kind != NODE_MAP || node->first == NULL) return false;
  const char *key = node->first->key->text;
  return strcmp(key, "hex") == 0 || strcmp(key, "text") == 0;
}

bool read_raw(struct loader *loader, const struct node *node, const char *what,
              struct octets *octets) {
  static const struct key keys[] = {{"hex", false}, {"text", false}, {NULL, false}};
  if (!read_mapping(loader, node, what, keys)) return false;
  if (node->count != 1) {
    complain(loader->complaints, &node->place,
             "%s is either {hex: 00 11} or {text: abc}", what);
    return false;
  }
  bool hex = strcmp(node->first->key->text, "hex") == 0;
  return read_octets(loader, node->first, what, hex ? wire_parse_hex : wire_parse_text,
                     octets) &&
         strcmp(node->first->key->text, hex ? "hex" : "text") == 0;
}
