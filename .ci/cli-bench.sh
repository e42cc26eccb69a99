#!/usr/bin/env bash
# Measures the command on a large file of events, one a line, beside jq and
# python, which only read it as JSON, and python's jsonschema, which checks it:
# .ci/cli-bench.sh [SIZE], in megabytes, 2000 if not given. jq and python get the
# first twentieth of the file, jsonschema the IDMEFv2 messages of its first 2 MB.
# The rate is megabytes a second, CPU the time of all processors together (the
# fairer figure where other work takes part of them), memory the greatest that the
# process had. Then it measures the time from start to verdict of one event. It
# fails if validate finds fault with an event or needs 100 MB of memory.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-2000}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/secmodel" ./cmd/secmodel

# The samples of all formats that are valid, again and again.
"$dir/secmodel" fmt 'testdata/idmefv2/08-full.valid.json' 'testdata/ocsf/authentication-ssh.valid.json' \
	'testdata/ocsf/*finding*.valid.json' 'testdata/mozdef/event-*.valid.json' > "$dir/few"
while [ "$(stat -c %s "$dir/few")" -lt 1000000 ]; do cat "$dir/few" "$dir/few" > "$dir/more" && mv "$dir/more" "$dir/few"; done
few=$(stat -c %s "$dir/few")
for ((i = 0; i < (size * 1000000 + few - 1) / few; i++)); do cat "$dir/few"; done > "$dir/events.ndjson"
head -c $((size * 50000)) "$dir/events.ndjson" | sed '$d' > "$dir/part.ndjson"
head -n 1 "$dir/part.ndjson" > "$dir/one.ndjson"
"$dir/secmodel" schema print --draft 07 idmefv2 2.D.V08 message > "$dir/message.schema.json"

echo "$(nproc) processors, $(go version | cut -d ' ' -f 3), $(wc -l < "$dir/events.ndjson") events, $(stat -c %s "$dir/events.ndjson") bytes"
printf '%-34s %8s %8s %8s %10s %8s\n' command MB seconds CPU MB/s memory

bad=0
# row NAME FILE COMMAND...: time, rate and memory of a command that reads FILE.
row() {
	local name=$1 file=$2 status=0
	shift 2
	/usr/bin/time -q -o "$dir/time" -f '%e %M %U %S' "$@" < "$file" > /dev/null 2> "$dir/errors" || status=$?
	if [ $status != 0 ]; then
		echo "$name ended with $status: $(head -n 1 "$dir/errors")"
		bad=1
		return
	fi
	awk -v name="$name" -v bytes="$(stat -c %s "$file")" 'END { s = $1 > 0 ? $1 : 0.01
		printf "%-34s %8.0f %8.2f %8.2f %10.1f %5.0f MB\n", name, bytes / 1e6, $1, $3 + $4, bytes / 1e6 / s, $2 / 1e3 }' "$dir/time"
}
# validate NAME ARGUMENT...: a row of the command, which must stay under 100 MB.
validate() {
	row "secmodel validate $*" "$dir/events.ndjson" "$dir/secmodel" validate "$@"
	if [ "$(awk 'END { print $2 }' "$dir/time")" -gt 100000 ]; then
		echo "more than 100 MB"
		bad=1
	fi
}
validate
validate --jobs 1
if command -v jq > /dev/null; then row "jq (reads only)" "$dir/part.ndjson" jq -c .; else echo "no jq"; fi
if command -v python3 > /dev/null; then
	row "python json (reads only)" "$dir/part.ndjson" python3 -c 'import json, sys
for line in sys.stdin: json.loads(line)'
	if python3 -c 'import jsonschema' 2> /dev/null; then
		head -c 2000000 "$dir/part.ndjson" | sed '$d' | grep '"2.D.V08"' > "$dir/alerts.ndjson"
		row "python jsonschema (IDMEFv2 only)" "$dir/alerts.ndjson" python3 -c 'import json, sys, jsonschema
check = jsonschema.Draft7Validator(json.load(open(sys.argv[1])))
for line in sys.stdin: list(check.iter_errors(json.loads(line)))' "$dir/message.schema.json"
	else echo "no jsonschema for python"; fi
else echo "no python3"; fi

for ((i = 0; i < 21; i++)); do
	from=$(date +%s%N)
	"$dir/secmodel" validate "$dir/one.ndjson" 2> /dev/null
	echo $(($(date +%s%N) - from))
done | sort -n | awk '{ t[NR] = $1 } END { printf "start to verdict of one event: %.1f ms (median of %d)\n", t[int((NR + 1) / 2)] / 1e6, NR }'
exit $bad
