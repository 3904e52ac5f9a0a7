#!/usr/bin/env bash
# reports.sh: what wirecert writes is accepted by programs that nobody here wrote.
set -u
cd "$(dirname "$0")/../.." || exit 1
. harness/test/tap.sh
out=build/check/reports
rm -rf "$out"
mkdir -p "$out"
build/wirecert run --out "$out" >"$out/run.tap" 2>"$out/run.err"
ran=$?

valid_json() { # SCHEMA FILE
  python3 -c 'import json, sys, jsonschema
jsonschema.validate(json.load(open(sys.argv[2])), json.load(open(sys.argv[1])))' "$@"
}

valid_lines() { # SCHEMA FILE: a JSON document per line
  python3 -c 'import json, sys, jsonschema
check = jsonschema.Draft7Validator(json.load(open(sys.argv[1])))
for line in open(sys.argv[2]): check.validate(json.loads(line))' "$@"
}

point 'the run ends with exit status 0' same 0 "$ran"
point 'prove accepts the TAP' prove --quiet -e cat "$out/run.tap"
point 'xmllint accepts the JUnit report' \
  xmllint --noout --schema reports/schema/junit.xsd "$out/junit.xml"
point 'the JSON report fits its schema' valid_json reports/schema/report.schema.json \
  "$out/report.json"
point 'the journal fits its schema' valid_lines reports/schema/journal.schema.json \
  "$out/run.journal"
point 'nothing is drawn in a pipe' exits 1 grep -q $'[\r\033]' "$out/run.err" "$out/run.tap"
finish
