/* list.c: `wirecert list`, what there is to run and what it covers. */
#include <getopt.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const char usage_text[] =
    "Usage: wirecert list [OPTION...] [SELECT...]\n\n"
    "Lists cases with their level and what they cover. SELECT as for run.\n\n"
    "  --requirements   list requirements instead, with the cases that cover each;\n"
    "                   without SELECT also those that none covers\n"
    "  --cases DIR      where the cases are\n"
    "  --json           for programs: an object with \"cases\" or \"requirements\"\n";

static void show_case(const struct test_case *test_case) {
  printf("%-52s %-6s %s\n", test_case->id, level_name(test_case->level),
         test_case->purpose);
  printf("  covers:");
  for (size_t i = 0; i < test_case->cover_count; i++)
    printf(" %s", test_case->covers[i]->id);
  for (size_t i = 0; i < test_case->endpoint_count; i++)
    printf("%s%s", i ? ", " : "   needs: ", test_case->endpoints[i]);
  for (size_t i = 0; i < test_case->capability_count; i++)
    printf("%s%s", i || test_case->endpoint_count ? ", " : "   needs: ",
           test_case->capabilities[i]);
  for (size_t i = 0; i < test_case->tag_count; i++)
    printf(" @%s", test_case->tags[i]);
  putchar('\n');
}

static json_t *strings(const char **words, size_t count) {
  json_t *array = json_array();
  for (size_t i = 0; i < count; i++)
    json_array_append_new(array, json_string(words[i]));
  return array;
}

static json_t *case_json(const struct test_case *test_case) {
  json_t *object = json_object();
  json_t *covers = json_array();
  for (size_t i = 0; i < test_case->cover_count; i++)
    json_array_append_new(covers, json_string(test_case->covers[i]->id));
  json_object_set_new(object, "id", json_string(test_case->id));
  json_object_set_new(object, "purpose", json_string(test_case->purpose));
  json_object_set_new(object, "level", json_string(level_name(test_case->level)));
  json_object_set_new(object, "covers", covers);
  json_object_set_new(object, "endpoints",
                      strings(test_case->endpoints, test_case->endpoint_count));
  json_object_set_new(object, "capabilities",
                      strings(test_case->capabilities, test_case->capability_count));
  json_object_set_new(object, "tags", strings(test_case->tags, test_case->tag_count));
  if (test_case->source)
    json_object_set_new(object, "source", json_string(test_case->source));
  if (test_case->erratum)
    json_object_set_new(object, "erratum", json_string(test_case->erratum->text));
  json_object_set_new(object, "file", json_string(test_case->place.file));
  json_object_set_new(object, "line", json_integer(test_case->place.line));
  return object;
}

static bool covers(const struct test_case *test_case,
                   const struct requirement *requirement) {
  for (size_t i = 0; i < test_case->cover_count; i++) {
    if (test_case->covers[i] == requirement) return true;
  }
  return false;
}

static json_t *requirement_json(const struct requirement *requirement,
                                const struct test_case **cases, size_t count) {
  json_t *object = json_object();
  json_t *ids = json_array();
  for (size_t i = 0; i < count; i++) {
    if (covers(cases[i], requirement))
      json_array_append_new(ids, json_string(cases[i]->id));
  }
  json_object_set_new(object, "id", json_string(requirement->id));
  json_object_set_new(object, "level", json_string(level_name(requirement->level)));
  json_object_set_new(object, "text", json_string(requirement->text));
  json_object_set_new(object, "source", json_string(requirement->source));
  json_object_set_new(object, "cases", ids);
  return object;
}

static bool any_covers(const struct test_case **cases, size_t count,
                       const struct requirement *requirement) {
  for (size_t i = 0; i < count; i++) {
    if (covers(cases[i], requirement)) return true;
  }
  return false;
}

static bool show_requirement(const struct requirement *requirement,
                             const struct test_case **cases, size_t count) {
  bool found = any_covers(cases, count, requirement);
  printf("%-24s %-6s %s\n  source: %s\n", requirement->id,
         level_name(requirement->level), requirement->text,
         requirement->source ? requirement->source : "none, this is not documented");
  for (size_t i = 0; i < count; i++) {
    if (covers(cases[i], requirement)) printf("  %s\n", cases[i]->id);
  }
  if (!found) puts("  not covered by any case");
  return found;
}

/* Of a selection only what it covers: what the whole suite leaves uncovered is asked
 * for without one. */
static void list_requirements(const struct suite *suite, const struct test_case **cases,
                              size_t count, bool json) {
  bool all = count == suite->case_count;
  json_t *array = json ? json_array() : NULL;
  size_t covered = 0;
  for (size_t i = 0; i < suite->requirement_count; i++) {
    const struct requirement *requirement = &suite->requirements[i];
    if (!all && !any_covers(cases, count, requirement)) continue;
    if (json) {
      json_array_append_new(array, requirement_json(requirement, cases, count));
    } else {
      covered += show_requirement(requirement, cases, count);
    }
  }
  if (json) {
    json_t *object = json_pack("{s:o}", "requirements", array);
    json_dumpf(object, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(object);
  } else {
    printf("%zu requirements, %zu covered%s\n", suite->requirement_count, covered,
           all ? "" : " by these cases");
  }
}

static void list_cases(const struct test_case **cases, size_t count, bool json) {
  json_t *array = json ? json_array() : NULL;
  for (size_t i = 0; i < count; i++) {
    if (json) {
      json_array_append_new(array, case_json(cases[i]));
    } else {
      show_case(cases[i]);
    }
  }
  if (json) {
    json_t *object = json_pack("{s:o}", "cases", array);
    json_dumpf(object, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(object);
  } else {
    printf("%zu cases\n", count);
  }
}

int cli_list(int argc, char **argv) {
  static const struct option long_options[] = {
      {"requirements", no_argument, NULL, 'r'},
      {"cases", required_argument, NULL, 'c'},
      {"json", no_argument, NULL, 'j'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  const char *directory = NULL;
  bool requirements = false;
  bool json = false;
  char path[4096];
  int option;
  while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
    switch (option) {
    case 'r': requirements = true; break;
    case 'c': directory = optarg; break;
    case 'j': json = true; break;
    case 'h': fputs(usage_text, stdout); return EXIT_FINE;
    default: return cli_usage("list", "unknown option or missing argument");
    }
  }
  struct suite *suite = suite_load(cli_cases(directory, path, sizeof path), stderr);
  if (suite == NULL) return EXIT_USAGE;
  size_t count = 0;
  const struct test_case **cases =
      cli_select("list", suite, argv + optind, (size_t)(argc - optind), &count);
  if (cases != NULL && requirements) list_requirements(suite, cases, count, json);
  if (cases != NULL && !requirements) list_cases(cases, count, json);
  int status = cases != NULL ? EXIT_FINE : EXIT_USAGE;
  free((void *)cases);
  suite_free(suite);
  return status;
}
