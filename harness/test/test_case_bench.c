/* test_case_bench.c: benches and lists of expected failures, loaded against a suite. */
#include "data/case_tree.h"
#include "data/toy_family.h"

#include "case/expected.h"

/* ---- benches ----------------------------------------------------------------- */

static void expect_bench(struct suite *suite, const char *name, const char *expected) {
  char path[1024];
  char *text = NULL;
  size_t length = 0;
  size_t skip = (size_t)snprintf(path, sizeof path, "%s/bench/", data_path);
  snprintf(path + skip, sizeof path - skip, "%s", name);
  FILE *out = open_memstream(&text, &length);
  assert_null(bench_load(suite, path, out));
  fclose(out);
  char *shown = text; /* without the directory */
  for (char *line = text; line != NULL && *line != 0;) {
    size_t left = strlen(line + skip) + 1;
    assert_int_equal(strncmp(line, path, skip), 0);
    memmove(line, line + skip, left);
    line = strchr(line, '\n');
    if (line != NULL) line++;
  }
  assert_string_equal(shown, expected);
  free(text);
}

static void benches_are_read(void **state) {
  (void)state;
  char path[1024];
  struct suite *suite = good_suite();
  snprintf(path, sizeof path, "%s/bench/good.yaml", data_path);
  const struct bench *bench = bench_load(suite, path, stderr);
  assert_non_null(bench);
  assert_string_equal(bench->title, "two toys");
  assert_int_equal(bench->endpoint_count, 2);
  assert_string_equal(bench->endpoints[1].name, "peer");
  assert_ptr_equal(bench->endpoints[1].profile, suite_profile(suite, "toy-plain"));
  assert_string_equal(bench->endpoints[1].link, "tcp:localhost:4000");
  assert_string_equal(protocol_setting_of(bench->ixit, bench->ixit_count, "port"),
                      "443");
  expect_bench(
      suite, "bad.yaml",
      "bad.yaml:1:8: expected text for 'bench', found nothing\n"
      "bad.yaml:3:3: 'endpoints' needs the key 'iut', the device under test\n"
      "bad.yaml:3:17: unknown profile 'toy-basci', did you mean 'toy-basic'?\n"
      "bad.yaml:4:36: there is no reference device for profile 'toy-plain'\n"
      "bad.yaml:4:44: unknown key of an endpoint 'baud', expected profile or link\n"
      "bad.yaml:5:10: expected a mapping for an endpoint, found a single value\n"
      "bad.yaml:6:3: 'endpoints': a word is made of a-z, 0-9, '-' and '_', not "
      "'Fourth'\n"
      "bad.yaml:6:11: an endpoint needs the key 'link'\n"
      "bad.yaml:7:18: expected a single value for tls_host, found a list\n"
      "bad.yaml:7:23: 'ixit': a word is made of a-z, 0-9, '-' and '_', not 'TLS'\n"
      "bad.yaml:8:1: unknown key of a bench 'extra', expected bench, endpoints or "
      "ixit\n");
  expect_bench(suite, "many.yaml",
               "many.yaml:3:3: more than 8 endpoints\n"
               "many.yaml:12:7: expected a mapping for 'ixit', found a single value\n");
  expect_bench(suite, "none.yaml", "none.yaml: No such file or directory\n");
  expect_bench(suite, "", ": is a directory, not a file\n");
  suite_free(suite);
}

/* ---- lists of expected failures ---------------------------------------------- */

static void expected_failures_are_read(void **state) {
  (void)state;
  char *text = NULL;
  size_t length = 0;
  struct suite *suite = good_suite();
  tree_text("good.yaml", "expected:\n"
                         "  - case: toy/all/steps\n"
                         "    message: nothing came\n"
                         "    reason: firmware 1\n"
                         "    until: 2027-03-01\n");
  const struct expected_list *list =
      expected_load(suite, "good.yaml", "2027-02-28", stderr);
  assert_non_null(list);
  assert_int_equal(list->count, 1);
  assert_ptr_equal(list->entries[0].test_case, suite_case(suite, "toy/all/steps"));
  assert_string_equal(list->entries[0].until, "2027-03-01");
  tree_text("bad.yaml",
            "expected:\n"
            "  - {case: toy/all/stepz, message: a, reason: b}\n"
            "  - {case: toy/all/steps, reason: b, until: 2027-03-01}\n"
            "  - {case: toy/all/steps, message: a, reason: b, until: soon}\n"
            "  - text\n");
  FILE *out = open_memstream(&text, &length);
  assert_null(expected_load(suite, "bad.yaml", "2027-03-01", out));
  fclose(out);
  assert_string_equal(
      text, "bad.yaml:2:12: unknown case 'toy/all/stepz', did you mean "
            "'toy/all/steps'?\n"
            "bad.yaml:3:5: an expected failure needs the key 'message'\n"
            "bad.yaml:3:45: the entry was good until 2027-03-01: mend the case or "
            "renew the entry\n"
            "bad.yaml:4:5: a second entry for 'toy/all/steps'\n"
            "bad.yaml:4:57: 'until' must be a day as YYYY-MM-DD, not 'soon'\n"
            "bad.yaml:5:5: expected a mapping for an expected failure, found a single "
            "value\n");
  free(text);
  suite_free(suite);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(benches_are_read),
      cmocka_unit_test(expected_failures_are_read),
  };
  return cmocka_run_group_tests(tests, tree_begin, tree_end);
}
