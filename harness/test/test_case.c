/* test_case.c: case files to structures, and every mistake in its place. */
#include "data/case_tree.h"
#include "data/toy_family.h"

/* ---- good files -------------------------------------------------------------- */

static void requirements_are_read(void **state) {
  (void)state;
  struct suite *suite = good_suite();
  assert_int_equal(suite->requirement_count, 4);
  const struct requirement *second = &suite->requirements[1];
  assert_string_equal(second->id, "ASK-02");
  assert_string_equal(second->text, "An answer comes\nsoon");
  assert_string_equal(second->source, "toy manual, 2");
  assert_int_equal(second->level, LEVEL_SHOULD);
  assert_ptr_equal(second->family, &toy);
  assert_string_equal(second->place.file, "cases/toy/requirements.yaml");
  assert_int_equal(second->place.line, 7);
  assert_int_equal(second->place.column, 9);
  assert_null(suite->requirements[3].source);
  assert_string_equal(level_name(suite->requirements[3].level), "probe");
  suite_free(suite);
}

static void profiles_are_read(void **state) {
  (void)state;
  struct suite *suite = good_suite();
  assert_int_equal(suite->profile_count, 2);
  const struct profile *basic = suite_profile(suite, "toy-basic");
  assert_non_null(basic);
  assert_ptr_equal(basic->model, &toy_device);
  assert_int_equal(basic->capability_count, 2);
  assert_string_equal(basic->capabilities[1], "login");
  assert_string_equal(protocol_setting_of(basic->framing, basic->framing_count, "mode"),
                      "1");
  assert_string_equal(protocol_setting_of(basic->device, basic->device_count, "NI"),
                      "a name");
  assert_ptr_equal(basic->identity, &toy_verbs[0]);
  assert_int_equal(basic->identity_count, 2);
  assert_string_equal(basic->identity_names[0], "NI");
  assert_int_equal(basic->address_count, 1);
  assert_string_equal(basic->sanity, "toy/sanity/query");
  assert_string_equal(basic->sentinel.type->name, "ask");
  assert_int_equal(basic->sentinel.fields[0].pattern.kind, PATTERN_NAME);
  assert_string_equal(basic->sentinel.fields[0].pattern.name, "id");
  assert_string_equal(basic->sentinel_answer.type->name, "answer");
  assert_int_equal(basic->ignore_count, 1);
  assert_string_equal(basic->ignore[0]->name, "event");
  assert_int_equal(basic->within, 2000000);
  const struct profile *plain = suite_profile(suite, "toy-plain");
  assert_null(plain->model);
  assert_null(plain->sanity);
  assert_int_equal(plain->within, 1000000);
  assert_null(suite_profile(suite, "toy"));
  suite_free(suite);
}

static void cases_are_read(void **state) {
  (void)state;
  struct suite *suite = good_suite();
  assert_int_equal(suite->case_count, 4);
  const struct test_case *one = suite_case(suite, "toy/all/steps");
  assert_ptr_equal(one, &suite->cases[1]);
  assert_string_equal(one->purpose, "Every kind of step and every part of one");
  assert_string_equal(one->source, "manual, 7");
  assert_int_equal(one->cover_count, 2);
  assert_ptr_equal(one->covers[0], &suite->requirements[1]);
  assert_int_equal(one->level, LEVEL_SHOULD); /* the stricter one */
  assert_int_equal(one->endpoint_count, 1);   /* without iut */
  assert_string_equal(one->endpoints[0], "peer");
  assert_int_equal(one->capability_count, 1);
  assert_string_equal(one->ixit[0], "tls_host");
  assert_int_equal(one->tag_count, 2);
  assert_int_equal(one->each_count, 3);
  assert_string_equal(one->each[0].name, "cut");
  assert_int_equal(one->each[0].count, 3);
  assert_int_equal(one->each[0].values[2], 3);
  assert_int_equal(one->each[1].count, 2);
  assert_int_equal(one->each[1].values[1], 0x7E);
  assert_int_equal(one->each[2].count, 255);
  assert_int_equal(one->step_count, 13);
  assert_int_equal(one->finally_count, 1);
  assert_null(one->example);
  assert_null(suite_case(suite, "toy/all"));
  suite_free(suite);
}

static void steps_are_read(void **state) {
  (void)state;
  struct suite *suite = good_suite();
  const struct step *step = suite_case(suite, "toy/all/steps")->steps;
  assert_int_equal(step[0].kind, STEP_VERB);
  assert_string_equal(step[0].endpoint, "peer");
  assert_int_equal(step[0].within, 2000000);
  assert_int_equal(step[0].argument_count, 3);
  assert_string_equal(step[0].arguments[0].value, "End Device");
  assert_null(step[0].arguments[1].value);
  assert_string_equal(step[0].arguments[2].name, "*S");
  assert_string_equal(step[0].arguments[2].value, "$peer.AP");
  assert_int_equal(step[0].arguments[2].place.column, 40);
  const struct step *send = &step[1];
  assert_int_equal(send->kind, STEP_SEND);
  assert_string_equal(send->endpoint, "iut");
  assert_string_equal(send->messages[0].type->name, "ask");
  assert_string_equal(send->as[0].value, "$delta");
  assert_memory_equal(send->before, "\x00\x11", 2);
  assert_int_equal(send->after_length, 3);
  assert_string_equal(send->cut.name, "cut");
  assert_int_equal(send->pieces.value, 1);
  assert_null(send->pieces.name);
  assert_int_equal(send->pause, 20000);
  assert_int_equal(send->repeat.value, 3);
  assert_null(step[2].messages[0].type);
  assert_memory_equal(step[2].messages[0].bytes, "\x7E\x00\x04", 3);
  assert_memory_equal(step[3].messages[0].bytes, "CR\r", 3);
  assert_int_equal(step[4].messages[0].field_count, 0);
  assert_int_equal(step[5].kind, STEP_EXPECT);
  assert_int_equal(step[5].message_count, 2);
  assert_int_equal(step[7].kind, STEP_SILENCE);
  assert_int_equal(step[7].within, 250);
  assert_int_equal(step[8].kind, STEP_SENTINEL);
  assert_int_equal(step[8].within, 1000000);
  assert_int_equal(step[9].within, 0);
  assert_int_equal(step[10].within, 180000000);
  assert_int_equal(step[11].kind, STEP_WAIT);
  assert_int_equal(step[11].within, 3600000000);
  suite_free(suite);
}

static const struct pattern *pattern_of(const struct message_pattern *message,
                                        const char *name) {
  for (size_t i = 0; i < message->field_count; i++) {
    if (strcmp(message->fields[i].field->name, name) == 0)
      return &message->fields[i].pattern;
  }
  fail_msg("no pattern for %s", name);
  return NULL;
}

static void patterns_are_read(void **state) {
  (void)state;
  struct suite *suite = good_suite();
  const struct step *step = suite_case(suite, "toy/all/patterns")->steps;
  const struct message_pattern *message = &step[0].messages[0];
  const struct pattern *flags = pattern_of(message, "flags");
  assert_int_equal(flags->kind, PATTERN_MASK);
  assert_int_equal(flags->mask, 0xF0);
  assert_int_equal(flags->low, 0x30);
  const struct pattern *degrees = pattern_of(message, "degrees");
  assert_int_equal(degrees->kind, PATTERN_RANGE);
  assert_int_equal((int64_t)degrees->low, -40);
  assert_int_equal((int64_t)degrees->high, 85);
  const struct pattern *source = pattern_of(message, "source");
  assert_int_equal(source->kind, PATTERN_SET);
  assert_memory_equal(source->parts[0].item.bytes, "\x0A\x00\x00\x01", 4);
  assert_memory_equal(source->parts[1].item.bytes, "\x0A\x00\x00\x02", 4);
  assert_memory_equal(pattern_of(message, "label")->item.bytes, "probe\0\0", 8);
  assert_memory_equal(pattern_of(message, "key")->item.bytes, "abcd", 4);
  const struct pattern *pins = pattern_of(message, "pins");
  assert_int_equal(pins->kind, PATTERN_LIST);
  assert_int_equal(pins->part_count, 2);
  assert_int_equal(pins->parts[0].kind, PATTERN_FIELDS);
  assert_ptr_equal(pins->parts[0].fields[1].field, &pin_fields[1]);
  assert_int_equal(pins->parts[0].fields[1].pattern.kind, PATTERN_RANGE);
  assert_int_equal(pins->parts[1].fields[0].pattern.kind, PATTERN_ANY);
  assert_int_equal(pattern_of(&step[1].messages[0], "flags")->item.number, 3);
  assert_int_equal(pattern_of(&step[1].messages[0], "pins")->kind, PATTERN_ABSENT);
  const struct pattern *hex = pattern_of(&step[2].messages[0], "degrees");
  assert_int_equal(hex->item.form, WIRE_OCTETS);
  assert_memory_equal(pattern_of(&step[2].messages[0], "label")->item.bytes, "any", 4);
  assert_int_equal(pattern_of(&step[2].messages[0], "pins")->part_count, 0);
  const struct pattern *status = pattern_of(&step[3].messages[0], "status");
  assert_int_equal(status->part_count, 3);
  assert_int_equal(status->parts[1].kind, PATTERN_RANGE);
  assert_int_equal(status->parts[2].kind, PATTERN_ABSENT);
  assert_string_equal(pattern_of(&step[4].messages[0], "value")->name, "a");
  /* The arm of a switch is chosen by the value given for its selector. */
  assert_ptr_equal(step[5].messages[0].fields[1].field, &login_fields[0]);
  assert_ptr_equal(step[6].messages[0].fields[1].field, &logout_fields[0]);
  suite_free(suite);
}

static void examples_are_read(void **state) {
  (void)state;
  struct suite *suite = good_suite();
  const struct test_case *one = suite_case(suite, "toy/all/example");
  const struct example *example = one->example;
  assert_non_null(example);
  assert_int_equal(one->level, LEVEL_MUST);
  assert_int_equal(example->direction, WIRE_OUT);
  assert_string_equal(example->settings[0].value, "2");
  assert_int_equal(example->length, 4);
  assert_memory_equal(example->right, "\x01RNJ", 4);
  assert_string_equal(example->refused, "checksum");
  assert_string_equal(example->marked, "command");
  assert_string_equal(example->message.type->name, "ask");
  assert_string_equal(one->erratum->proof, "The sum says so");
  suite_free(suite);
}

/* ---- digest ------------------------------------------------------------------ */

static void digest_is_of_names_and_contents(void **state) {
  (void)state;
  char first[65], second[65];
  struct suite *suite = good_suite();
  memcpy(first, suite->digest, sizeof first);
  assert_int_equal(strlen(first), 64);
  suite_free(suite);
  assert_int_equal(rename("cases", "moved"), 0);
  assert_non_null(suite = suite_load("./moved", stderr));
  assert_string_equal(suite->digest, first);
  suite_free(suite);
  assert_int_equal(rename("moved/toy/cases.yaml", "moved/toy/other.yaml"), 0);
  assert_non_null(suite = suite_load("moved", stderr));
  memcpy(second, suite->digest, sizeof second);
  assert_string_not_equal(second, first);
  suite_free(suite);
  FILE *file = fopen("moved/toy/other.yaml", "a");
  fputs("# a comment\n", file);
  fclose(file);
  assert_non_null(suite = suite_load("moved", stderr));
  assert_string_not_equal(suite->digest, second);
  suite_free(suite);
}

/* ---- selecting --------------------------------------------------------------- */

static void selectors_select(void **state) {
  (void)state;
  static const struct {
    const char *selector;
    bool selected;
  } rows[] = {
      {"toy", true},
      {"toy/", true},
      {"toy/all", true},
      {"toy/all/", true},
      {"toy/all/steps", true},
      {"toy/all/step", false},
      {"toy/al", false},
      {"to", false},
      {"", false},
      {"/", false},
      {"toy/*", true},
      {"*/steps", true},
      {"toy/all/s?eps", true},
      {"toy/all/[a-c]*", false},
      {"@radio", true},
      {"@rad", false},
      {"@", false},
      {"covers:ASK-02", true},
      {"covers:ASK-0", false},
      {"covers:", false},
      {"covers:PIN-01", false},
  };
  struct suite *suite = good_suite();
  const struct test_case *one = suite_case(suite, "toy/all/steps");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (case_selected(one, rows[i].selector) != rows[i].selected)
      fail_msg("'%s'", rows[i].selector);
  }
  assert_string_equal(suite_nearest(suite, "toy/sanitty"), "toy/sanity");
  assert_string_equal(suite_nearest(suite, "toy/all/stepz"), "toy/all/steps");
  assert_string_equal(suite_nearest(suite, "toz"), "toy");
  assert_string_equal(suite_nearest(suite, "@radiio"), "@radio");
  assert_string_equal(suite_nearest(suite, "covers:ASK-03"), "covers:ASK-01");
  assert_null(suite_nearest(suite, "something/else"));
  assert_null(suite_nearest(suite, "toy/*"));
  assert_null(suite_nearest(suite, "@"));
  assert_null(suite_nearest(suite, ""));
  suite_free(suite);
}

/* ---- bad files --------------------------------------------------------------- */

static void mistakes_are_told(void **state) {
  (void)state;
  char path[1024];
  unsigned count = 0;
  snprintf(path, sizeof path, "%s/bad", data_path);
  DIR *directory = opendir(path);
  assert_non_null(directory);
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "%s/bad/%s", data_path, entry->d_name);
    tree_bad(path);
    count++;
  }
  closedir(directory);
  assert_true(count >= 9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(requirements_are_read),
      cmocka_unit_test(profiles_are_read),
      cmocka_unit_test(cases_are_read),
      cmocka_unit_test(steps_are_read),
      cmocka_unit_test(patterns_are_read),
      cmocka_unit_test(examples_are_read),
      cmocka_unit_test(digest_is_of_names_and_contents),
      cmocka_unit_test(selectors_select),
      cmocka_unit_test(mistakes_are_told),
  };
  return cmocka_run_group_tests(tests, tree_begin, tree_end);
}
