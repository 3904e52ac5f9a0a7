/* plan.c: which cases apply to a bench, and why others do not. */
#include <stdio.h>
#include <string.h>

#include "run/session.h"

static bool claims(const struct profile *profile, const char *capability) {
  for (size_t i = 0; i < profile->capability_count; i++) {
    if (strcmp(profile->capabilities[i], capability) == 0) return true;
  }
  return false;
}

static bool has_endpoint(const struct run *run, const char *name) {
  for (size_t i = 0; i < run->station_count; i++) {
    if (strcmp(run->stations[i].endpoint->name, name) == 0) return true;
  }
  return false;
}

static bool allowed(const struct run *run, const char *tag) {
  for (const char *const *a = run->options->allowed; a != NULL && *a != NULL; a++) {
    if (strcmp(*a, tag) == 0 || strcmp(*a, "all") == 0) return true;
  }
  return false;
}

static bool given(const struct run *run, const char *name) {
  const struct bench *bench = run->options->bench;
  return bench && protocol_setting_of(bench->ixit, bench->ixit_count, name) != NULL;
}

const char *plan_skip(const struct run *run, const struct test_case *test_case,
                      char *out, size_t capacity) {
  const struct profile *profile = run->stations[0].endpoint->profile;
  for (size_t i = 0; i < test_case->endpoint_count; i++) {
    if (has_endpoint(run, test_case->endpoints[i])) continue;
    snprintf(out, capacity, "the bench has no endpoint '%s'", test_case->endpoints[i]);
    return out;
  }
  for (size_t i = 0; i < test_case->capability_count; i++) {
    if (claims(profile, test_case->capabilities[i])) continue;
    snprintf(out, capacity, "%s does not claim '%s'", profile->name,
             test_case->capabilities[i]);
    return out;
  }
  for (size_t i = 0; i < test_case->ixit_count; i++) {
    if (given(run, test_case->ixit[i])) continue;
    snprintf(out, capacity, "the bench gives no ixit value '%s'", test_case->ixit[i]);
    return out;
  }
  /* Reference devices have nothing to lose: every tag may run there. */
  for (size_t i = 0; i < test_case->tag_count && !hub_virtual(run->hub); i++) {
    if (allowed(run, test_case->tags[i])) continue;
    snprintf(out, capacity, "tagged '%s': runs only with --allow %s",
             test_case->tags[i], test_case->tags[i]);
    return out;
  }
  return NULL;
}
