/* test_wire_table.c: looking into tables, and faults of tables. */
#include "test/wire_probe.h"

/* ---- looking into tables ----------------------------------------------------- */

static void fields_by_name(void **state) {
  (void)state;
  assert_ptr_equal(wire_field_of(tails, "one"), &tails[2]);
  assert_ptr_equal(wire_field_of(choice, "word"), word_fields);
  assert_ptr_equal(wire_field_of(choice, "single"), single_fields); /* two deep */
  assert_ptr_equal(wire_field_of(by_command, "value"), any_value);
  assert_null(wire_field_of(choice, "wor"));
  assert_null(wire_field_of(counted_list, "hop")); /* not inside lists */
}

static void fields_by_name_in_the_arm_that_counts(void **state) {
  (void)state;
  struct wire_item kind[] = {as_text("x", ""), as_number("kind", 1)};
  assert_ptr_equal(wire_field_for(choice, kind, 2, "word"), word_fields);
  assert_ptr_equal(wire_field_for(choice, kind, 2, "kind"), choice);
  assert_null(wire_field_for(choice, kind, 2, "other"));
  kind[1].number = 99;
  assert_ptr_equal(wire_field_for(choice, kind, 2, "other"), other_fields);
  assert_null(wire_field_for(choice, kind, 2, "word"));
  kind[1].number = 2; /* an arm without fields */
  assert_null(wire_field_for(choice, kind, 2, "word"));
  assert_ptr_equal(wire_field_for(choice, kind, 1, "word"), word_fields);
  const struct wire_item several[] = {as_number("x", 2), as_number(NULL, 2),
                                      as_number("kind", 1)};
  assert_ptr_equal(wire_field_for(choice, several, 3, "word"), word_fields);
  assert_ptr_equal(wire_field_for(choice, NULL, 0, "other"), other_fields);
  kind[1].form = WIRE_OCTETS;
  assert_ptr_equal(wire_field_for(choice, kind, 2, "word"), word_fields);
}

static void names_of_fields(void **state) {
  (void)state;
  static const char *const wanted[] = {"kind",   "word",   "level",
                                       "triple", "single", "other"};
  const char *names[8];
  assert_int_equal(wire_field_names(choice, names, 8), 6);
  for (size_t i = 0; i < 6; i++)
    assert_string_equal(names[i], wanted[i]);
  assert_null(names[6]);
  assert_int_equal(wire_field_names(choice, names, 3), 2);
  assert_string_equal(names[1], "word");
  assert_null(names[2]);
  assert_int_equal(wire_field_names(choice, names, 1), 0);
  assert_null(names[0]);
}

static void names_of_values(void **state) {
  (void)state;
  const struct wire_field *code = wire_field_of(by_product, "code");
  assert_string_equal(wire_name_of(code, 1, 0)->name, "for_a");
  assert_string_equal(wire_name_of(code, 1, PRODUCT_B)->name, "for_b");
  assert_null(wire_name_of(code, 1, PRODUCT_C));
  assert_null(wire_name_of(code, 2, 0));
  assert_null(wire_name_of(tails, 0, 0));
}

/* ---- faults of tables -------------------------------------------------------- */

static void assert_fault(const struct wire_field *fields, const char *fault) {
  struct wire_type type = type_of(fields);
  const char *found = wire_table_fault(&type);
  assert_string_equal(found ? found : "sound", fault);
}

#define FAULT(text, ...)                                                               \
  do {                                                                                 \
    const struct wire_field fields_[] = {__VA_ARGS__, {0}};                            \
    assert_fault(fields_, text);                                                       \
  } while (0)
#define BYTE(title)                                                                    \
  { .name = (title), .kind = WIRE_UINT, .size = 1 }

static void sound_tables(void **state) {
  (void)state;
  static const struct wire_field *const tables[] = {
      octets, internet, counted_list, open_list, samples, nested_list, conditional,
      tails,  choice,   by_command,   by_sign,   marked,  all_sorts,   by_product,
  };
  for (size_t i = 0; i < COUNT(tables); i++)
    assert_fault(tables[i], "sound");
  static const struct wire_field none[] = {{0}};
  assert_fault(none, "sound");
}

static void faults_of_types(void **state) {
  (void)state;
  struct wire_type type = type_of(tails);
  type.least = type.most + 1;
  assert_string_equal(wire_table_fault(&type),
                      "the limits of the length are the wrong way round");
  type = type_of(NULL);
  assert_string_equal(wire_table_fault(&type), "a message needs a table, if only {0}");
  static const char needs[] = "a message needs a name, a title and a source";
  type = type_of(tails);
  type.name = NULL;
  assert_string_equal(wire_table_fault(&type), needs);
  type = type_of(tails);
  type.title = NULL;
  assert_string_equal(wire_table_fault(&type), needs);
  type = type_of(tails);
  type.source = NULL;
  assert_string_equal(wire_table_fault(&type), needs);
}

static void faults_of_field_names(void **state) {
  (void)state;
  FAULT("a field without name", {.kind = WIRE_UINT, .size = 1});
  FAULT("a name is lower case, digits and '_'", BYTE("Upper"));
  FAULT("a name is lower case, digits and '_'", BYTE("4th"));
  FAULT("a name is lower case, digits and '_'", BYTE(""));
  FAULT("two fields of one name", BYTE("a"), BYTE("b"), BYTE("a"));
  static const struct wire_case arms[] = {{.value = 1, .fields = word_fields},
                                          {.fields = word_fields, .otherwise = true}};
  FAULT("sound", BYTE("by"), {.kind = WIRE_SWITCH, .by = "by", .cases = arms});
  FAULT("two fields of one name", BYTE("word"),
        {.kind = WIRE_SWITCH, .by = "word", .cases = arms});
  FAULT("two fields of one name", BYTE("hop"), counted_list[0], counted_list[1]);
}

static void faults_of_kinds(void **state) {
  (void)state;
  FAULT("an unknown kind of field", {.name = "a", .kind = (enum wire_kind)99});
  FAULT("an integer has 1 to 8 bytes", {.name = "a", .kind = WIRE_UINT});
  FAULT("an integer has 1 to 8 bytes", {.name = "a", .kind = WIRE_INT, .size = 9});
  FAULT("an integer has 1 to 8 bytes",
        {.name = "a", .kind = WIRE_UINT, .size = 1, .extent = WIRE_REST});
  FAULT("an address has 4 or 16 bytes", {.name = "a", .kind = WIRE_IP, .size = 6});
  FAULT("an address has 4 or 16 bytes",
        {.name = "a", .kind = WIRE_IP, .size = 4, .extent = WIRE_REST});
  FAULT("only text of a fixed size is padded",
        {.name = "a", .kind = WIRE_TEXT, .extent = WIRE_REST, .flags = WIRE_PADDED});
  FAULT("only text of a fixed size is padded",
        {.name = "a", .kind = WIRE_BYTES, .size = 3, .flags = WIRE_PADDED});
  FAULT("nothing can stand behind what takes the rest", other_fields[0], BYTE("a"));
}

static void faults_of_flags(void **state) {
  (void)state;
  static const uint16_t of_numbers[] = {WIRE_CONST, WIRE_DEFAULT, WIRE_FOLLOWS};
  for (size_t i = 0; i < COUNT(of_numbers); i++)
    FAULT("only a number is a constant, a default or a length",
          {.name = "a", .kind = WIRE_BYTES, .size = 2, .flags = of_numbers[i]});
  FAULT(
      "the initial value does not fit",
      {.name = "a", .kind = WIRE_UINT, .size = 1, .flags = WIRE_CONST, .initial = 256});
  FAULT("the initial value does not fit", {.name = "a",
                                           .kind = WIRE_INT,
                                           .size = 1,
                                           .flags = WIRE_DEFAULT,
                                           .initial = (uint64_t)-129});
  FAULT("sound", {.name = "a",
                  .kind = WIRE_INT,
                  .size = 1,
                  .flags = WIRE_DEFAULT,
                  .initial = (uint64_t)-128});
  FAULT("the range is the wrong way round",
        {.name = "a", .kind = WIRE_UINT, .size = 1, .flags = WIRE_RANGE, .least = 1});
  FAULT("the range is the wrong way round", {.name = "a",
                                             .kind = WIRE_INT,
                                             .size = 1,
                                             .flags = WIRE_RANGE,
                                             .most = (uint64_t)-1});
  FAULT("sound", {.name = "a",
                  .kind = WIRE_INT,
                  .size = 1,
                  .flags = WIRE_RANGE,
                  .least = (uint64_t)-1});
  FAULT("sound", {.name = "a", .kind = WIRE_INT, .size = 1, .flags = WIRE_RANGE});
  FAULT("sound", {.name = "a", .kind = WIRE_UINT, .size = 1, .flags = WIRE_RANGE});
}

static void assert_names_fault(enum wire_kind kind, const struct wire_name *names,
                               const char *fault) {
  const struct wire_field fields[] = {
      {.name = "a", .kind = kind, .size = 1, .names = names}, {0}};
  assert_fault(fields, fault);
}

#define NAMES(kind, fault, ...)                                                        \
  do {                                                                                 \
    const struct wire_name names_[] = {__VA_ARGS__, {0}};                              \
    assert_names_fault(kind, names_, fault);                                           \
  } while (0)

static void faults_of_names(void **state) {
  (void)state;
  NAMES(WIRE_BYTES, "only numbers have names for values", {.name = "x", .value = 1});
  NAMES(WIRE_UINT, "a name has a mask, but the field has no bits",
        {.name = "x", .value = 1, .mask = 1});
  NAMES(WIRE_UINT, "a name has a mask, but the field has no bits",
        {.name = "x", .value = 1, .number = true});
  NAMES(WIRE_UINT, "a name has a value that the field cannot hold",
        {.name = "x", .value = 256});
  NAMES(WIRE_INT, "a name has a value that the field cannot hold",
        {.name = "x", .value = (uint64_t)-129});
  NAMES(WIRE_INT, "sound", {.name = "x", .value = (uint64_t)-128});
  NAMES(WIRE_BITS, "a name has a value that the field cannot hold",
        {.name = "x", .mask = 0x180, .value = 0x80});
  NAMES(WIRE_BITS, "a name has a value outside its mask",
        {.name = "x", .mask = 0x02, .value = 0x01});
  NAMES(WIRE_BITS, "a name among bits needs a bit", {.name = "x"});
  NAMES(WIRE_BITS, "a number among bits needs a mask without holes",
        {.name = "x", .value = 1, .number = true});
  NAMES(WIRE_BITS, "a number among bits needs a mask without holes",
        {.name = "x", .mask = 0x05, .number = true});
  NAMES(WIRE_BITS, "sound", {.name = "x", .mask = 0xF8, .number = true});
  NAMES(WIRE_UINT, "a name is lower case, digits and '_'", {.name = "10"});
  NAMES(WIRE_BITS, "a name is lower case, digits and '_'", {.name = "a|b", .value = 1});
}

/* A name is what stands in a case, so it must mean one thing. */
static void faults_of_names_that_are_alike(void **state) {
  (void)state;
  NAMES(WIRE_UINT, "one name for two values", {.name = "x", .value = 1},
        {.name = "y", .value = 2}, {.name = "x", .value = 3, .where = PRODUCT_B});
  NAMES(WIRE_UINT, "sound", {.name = "x", .value = 1, .where = PRODUCT_A},
        {.name = "x", .value = 1, .where = PRODUCT_B});
  NAMES(WIRE_BITS, "one name for two values", {.name = "x", .value = 1},
        {.name = "x", .mask = 3, .value = 1});
}

static void faults_of_references(void **state) {
  (void)state;
  static const char count[] = "the count is no earlier number";
  FAULT(count, octets[2]);
  FAULT(count, octets[2], octets[1]);
  FAULT(count, {.name = "a", .kind = WIRE_BYTES, .extent = WIRE_COUNTED});
  FAULT(count, {.name = "count", .kind = WIRE_IP, .size = 4}, octets[2]);
  FAULT("sound", {.name = "count", .kind = WIRE_TEXT, .size = 2}, octets[2]);
  static const char condition[] = "the condition is no earlier number";
  FAULT(condition, {.name = "a", .kind = WIRE_UINT, .size = 1, .when = "a"});
  FAULT(condition, {.name = "a", .kind = WIRE_UINT, .size = 1, .when = "b"}, BYTE("b"));
  FAULT(condition, {.name = "b", .kind = WIRE_TEXT, .extent = WIRE_TO_NUL},
        {.name = "a", .kind = WIRE_UINT, .size = 1, .when = "b"});
  static const char looks[] = "the switch looks at no earlier number";
  FAULT(looks, {.kind = WIRE_SWITCH, .by = "by", .cases = choices});
  FAULT(looks, BYTE("a"), {.kind = WIRE_SWITCH, .cases = choices});
  FAULT("a switch must be the last field of its table", BYTE("by"),
        {.kind = WIRE_SWITCH, .by = "by", .cases = choices}, BYTE("a"));
  FAULT("a switch needs arms", BYTE("by"), {.kind = WIRE_SWITCH, .by = "by"});
  FAULT("a switch stands under no condition", BYTE("by"),
        {.kind = WIRE_SWITCH, .by = "by", .when = "by", .cases = choices});
}

static void faults_of_lists(void **state) {
  (void)state;
  static const struct wire_field nothing[] = {{0}};
  static const char layout[] = "a list needs the layout of its elements";
  FAULT(layout, {.name = "a", .kind = WIRE_LIST, .extent = WIRE_REST});
  FAULT(layout, {.name = "a", .kind = WIRE_LIST, .extent = WIRE_REST, .of = nothing});
  static const char extent[] = "a list is counted or ends with the message";
  FAULT(extent, {.name = "a", .kind = WIRE_LIST, .of = hop_fields});
  FAULT(extent,
        {.name = "a", .kind = WIRE_LIST, .extent = WIRE_TO_NUL, .of = hop_fields});
  static const struct wire_field bad[] = {{.name = "b", .kind = WIRE_UINT}, {0}};
  FAULT("an integer has 1 to 8 bytes",
        {.name = "a", .kind = WIRE_LIST, .extent = WIRE_REST, .of = bad});
}

/* An element sees its message, but not the message around that one. */
static void faults_of_lists_in_lists(void **state) {
  (void)state;
  static const struct wire_field inner[] = {
      {.name = "b", .kind = WIRE_UINT, .size = 1, .when = "far"}, {0}};
  static const struct wire_field outer[] = {
      {.name = "near", .kind = WIRE_UINT, .size = 1},
      {.name = "a", .kind = WIRE_LIST, .extent = WIRE_REST, .of = inner},
      {0}};
  FAULT("the condition is no earlier number", BYTE("far"),
        {.name = "rows", .kind = WIRE_LIST, .extent = WIRE_REST, .of = outer});
  static struct wire_field itself[2];
  itself[0] = (struct wire_field){
      .name = "a", .kind = WIRE_LIST, .extent = WIRE_REST, .of = itself};
  assert_fault(itself, "tables are nested too deeply");
  static struct wire_field again[2];
  static const struct wire_case arms[] = {{.fields = again, .otherwise = true}};
  again[0] = (struct wire_field){.kind = WIRE_SWITCH, .by = "by", .cases = arms};
  FAULT("tables are nested too deeply", BYTE("by"), again[0]);
}

/* Fills a table with fields whose names are all different. */
static void number_fields(struct wire_field *fields, char (*names)[4], int count,
                          char letter) {
  for (int i = 0; i < count; i++) {
    names[i][0] = letter;
    names[i][1] = (char)('a' + i / 26);
    names[i][2] = (char)('a' + i % 26);
    names[i][3] = 0;
    fields[i] = (struct wire_field){.name = names[i], .kind = WIRE_UINT, .size = 1};
  }
}

static void faults_of_numbers_of_fields(void **state) {
  (void)state;
  static char names[3][WIRE_VALUES + 1][4];
  static struct wire_field fields[3][WIRE_VALUES + 2];
  for (int level = 0; level < 3; level++)
    number_fields(fields[level], names[level], WIRE_VALUES + 1, (char)('a' + level));
  assert_fault(fields[0], "too many fields");
  const struct wire_field list[] = {
      {.name = "list", .kind = WIRE_LIST, .extent = WIRE_REST, .of = fields[1]}, {0}};
  FAULT("too many fields", BYTE("first"), list[0]);
  for (int level = 0; level < 3; level++)
    fields[level][WIRE_VALUES] = (struct wire_field){0};
  assert_fault(fields[0], "sound");
  for (int level = 0; level < 2; level++)
    fields[level][WIRE_VALUES - 1] = (struct wire_field){.name = names[level][0],
                                                         .kind = WIRE_LIST,
                                                         .extent = WIRE_REST,
                                                         .of = fields[level + 1]};
  fields[0][0].name = "first";
  fields[1][0].name = "second";
  assert_fault(fields[0], "sound");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_by_name),
      cmocka_unit_test(fields_by_name_in_the_arm_that_counts),
      cmocka_unit_test(names_of_fields),
      cmocka_unit_test(names_of_values),
      cmocka_unit_test(sound_tables),
      cmocka_unit_test(faults_of_types),
      cmocka_unit_test(faults_of_field_names),
      cmocka_unit_test(faults_of_kinds),
      cmocka_unit_test(faults_of_flags),
      cmocka_unit_test(faults_of_names),
      cmocka_unit_test(faults_of_names_that_are_alike),
      cmocka_unit_test(faults_of_references),
      cmocka_unit_test(faults_of_lists),
      cmocka_unit_test(faults_of_lists_in_lists),
      cmocka_unit_test(faults_of_numbers_of_fields),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
