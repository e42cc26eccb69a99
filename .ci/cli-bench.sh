#!/usr/bin/env bash
# Generates a file of events of all three formats, one a line, and measures how
# fast the command validate is on it beside what else can read such a file: jq
# and Python's json, which only parse, and Python's jsonschema, which checks the
# IDMEFv2 messages among the first events. What is absent is named and left out.
#
#   .ci/cli-bench.sh [BYTES]      2 GB if none are given
#
# Fails if validate needs more than 100 MB of memory, or finds fault with an event.
# Where other work takes part of the processors, "CPU s" is the fairer figure.
set -euo pipefail
cd "$(dirname "$0")/.."
bytes=${1:-2000000000}
most=102400 # kB
if ! [ -x /usr/bin/time ]; then
	echo "left out: /usr/bin/time is absent, which measures memory"
	exit 0
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -trimpath -o "$dir/secmodel" ./cmd/secmodel
# Samples of the three formats, again and again until there is enough.
"$dir/secmodel" fmt testdata/idmefv2/08-full.valid.json testdata/ocsf/authentication-ssh.valid.json \
	testdata/ocsf/detection_finding-ransomware.valid.json testdata/mozdef/event-*.valid.json >"$dir/samples"
while [ "$(stat -c %s "$dir/samples")" -lt 4000000 ]; do
	cat "$dir/samples" "$dir/samples" >"$dir/twice"
	mv "$dir/twice" "$dir/samples"
done
times=$((bytes / $(stat -c %s "$dir/samples") + 1))
for ((i = 0; i < times; i++)); do cat "$dir/samples"; done >"$dir/in.ndjson"
size=$(stat -c %s "$dir/in.ndjson")
events=$(wc -l <"$dir/in.ndjson")
echo "$events events, $size bytes, $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)"
printf '%-44s %8s %12s %8s %8s %8s\n' "" "seconds" "events/s" "MB/s" "CPU s" "MB used"

bad=0
# row NAME EVENTS BYTES COMMAND...: runs a command and writes what it took.
row() {
	local name=$1 events=$2 size=$3 status=0
	shift 3
	/usr/bin/time -q -f '%e %U %S %M' -o "$dir/time" "$@" >/dev/null 2>"$dir/errors" || status=$?
	if [ "$status" != 0 ]; then
		echo "$name ended with $status: $(head -n 1 "$dir/errors")"
		bad=1
		return
	fi
	awk -v name="$name" -v events="$events" -v size="$size" '{
		s = $1 > 0 ? $1 : 0.01
		printf "%-44s %8.2f %12.0f %8.1f %8.2f %8.1f\n", name, $1, events / s, size / s / 1e6, $2 + $3, $4 / 1024
	}' "$dir/time"
}
# within NAME: fails if the last command used more memory than it may.
within() {
	if [ "$(awk '{ print $4 }' "$dir/time")" -gt $most ]; then
		echo "$1: more than $most kB"
		bad=1
	fi
}

row "secmodel validate" "$events" "$size" "$dir/secmodel" validate "$dir/in.ndjson"
within "secmodel validate"
row "secmodel validate --jobs 1" "$events" "$size" "$dir/secmodel" validate --jobs 1 "$dir/in.ndjson"
within "secmodel validate --jobs 1"

if command -v jq >/dev/null; then
	row "$(jq --version), parses only" "$events" "$size" jq -n 'reduce inputs as $x (0; . + 1)' "$dir/in.ndjson"
else
	echo "left out: jq is absent"
fi

cat >"$dir/parse.py" <<'PYTHON'
import json, sys
n = 0
with open(sys.argv[1], "rb") as f:
    for line in f:
        json.loads(line)
        n += 1
PYTHON
cat >"$dir/check.py" <<'PYTHON'
import json, sys
from jsonschema import Draft4Validator
with open(sys.argv[1]) as f:
    check = Draft4Validator(json.load(f))
with open(sys.argv[2], "rb") as f:
    for line in f:
        if not check.is_valid(json.loads(line)):
            sys.exit("invalid: " + line.decode())
PYTHON
if command -v python3 >/dev/null; then
	row "$(python3 -V) json, parses only" "$events" "$size" python3 "$dir/parse.py" "$dir/in.ndjson"
	if (cd / && python3 -W ignore -c 'import jsonschema' 2>/dev/null); then
		sed -n '1,40000p' "$dir/in.ndjson" | grep '^{"Version":"2.D.V08"' | head -n 5000 >"$dir/some.ndjson" || true
		"$dir/secmodel" schema print --dialect draft-04 idmefv2 2.D.V08 message >"$dir/schema.json"
		some=$(wc -l <"$dir/some.ndjson")
		row "$some IDMEFv2: Python jsonschema" "$some" "$(stat -c %s "$dir/some.ndjson")" python3 "$dir/check.py" "$dir/schema.json" "$dir/some.ndjson"
		row "$some IDMEFv2: secmodel validate" "$some" "$(stat -c %s "$dir/some.ndjson")" "$dir/secmodel" validate "$dir/some.ndjson"
	else
		echo "left out: Python's jsonschema is absent"
	fi
	if (cd / && python3 -c 'import idmefv2' 2>/dev/null); then
		cat >"$dir/idmefv2.py" <<'PYTHON'
import sys
from idmefv2 import SerializedMessage, Message
with open(sys.argv[1], "rb") as f:
    for line in f:
        Message.unserialize(SerializedMessage("application/json", line))
PYTHON
		row "$some IDMEFv2: python-idmefv2" "$some" "$(stat -c %s "$dir/some.ndjson")" python3 "$dir/idmefv2.py" "$dir/some.ndjson"
	else
		echo "left out: python-idmefv2 is absent"
	fi
else
	echo "left out: python3 is absent"
fi
exit $bad
