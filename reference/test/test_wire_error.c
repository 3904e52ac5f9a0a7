/* test_wire_error.c: words for errors. */
#include "test/bytes.h"

static void nearest_word(void **state) {
  (void)state;
  static const char long_word[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; /* 41 */
  static const char *const words[] = {"timeout", "destination", "options",
                                      "option",  long_word,     NULL};
  assert_string_equal(wire_nearest("timout", words), "timeout");
  assert_string_equal(wire_nearest("tiemout", words), "timeout");
  assert_string_equal(wire_nearest("Timeout", words), "timeout");
  assert_string_equal(wire_nearest("option", words), "option");
  assert_string_equal(wire_nearest("optionx", words), "options");
  assert_string_equal(wire_nearest("dstnatio", words), "destination");
  assert_null(wire_nearest("password", words));
  assert_null(wire_nearest("x", words));
  assert_null(wire_nearest("", words));
  assert_null(wire_nearest(long_word, words));
  assert_null(wire_nearest(long_word + 1, words)); /* the only near one is too long */
  assert_null(wire_nearest("timeout", words + 5));
}

/* One change for up to two letters, two for up to five, and so on. */
static void how_near_is_near(void **state) {
  (void)state;
  static const struct {
    const char *word;
    const char *candidate;
    bool near;
  } pairs[] = {
      {"ap", "a", true},
      {"ap", "app", true},
      {"ap", "aq", true},
      {"ap", "bq", false},
      {"ap", "appp", false},
      {"abc", "axy", true},
      {"abc", "xyz", false},
      {"timeout", "timxyzt", true},
      {"timeout", "tiwxyzt", false},
      {"", "a", false},
      {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", true}, /* 40 letters */
  };
  for (size_t i = 0; i < COUNT(pairs); i++) {
    const char *const words[] = {pairs[i].candidate, NULL};
    assert_ptr_equal(wire_nearest(pairs[i].word, words),
                     pairs[i].near ? pairs[i].candidate : NULL);
  }
}

static void every_status_has_a_name(void **state) {
  (void)state;
  for (int i = WIRE_OK; i <= WIRE_TABLE; i++) {
    const char *name = wire_status_name((enum wire_status)i);
    assert_non_null(name);
    assert_true(strlen(name) > 1);
    for (int j = WIRE_OK; j < i; j++)
      assert_string_not_equal(name, wire_status_name((enum wire_status)j));
  }
  assert_string_equal(wire_status_name(WIRE_UNKNOWN_TYPE), "unknown_type");
  assert_string_equal(wire_status_name((enum wire_status)(WIRE_TABLE + 1)), "?");
}

static void long_texts_of_errors_are_cut(void **state) {
  (void)state;
  struct wire_error *error = malloc(sizeof *error);
  assert_non_null(error);
  assert_false(wire_fail(error, WIRE_UNFIT, 7, "field", "%0300d", 1));
  assert_int_equal(strlen(error->text), sizeof error->text - 1);
  assert_int_equal(error->offset, 7);
  assert_string_equal(error->field, "field");
  free(error);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nearest_word),
      cmocka_unit_test(how_near_is_near),
      cmocka_unit_test(every_status_has_a_name),
      cmocka_unit_test(long_texts_of_errors_are_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
