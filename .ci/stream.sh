#!/usr/bin/env bash
# Generates a file of messages, one a line, and streams it through reading,
# checking and writing, with one goroutine and with all processors; tells the
# rate, the processors used and the most memory, which must stay under 100 MB:
# .ci/stream.sh [BYTES], 2 GB if none are given.
set -euo pipefail
cd "$(dirname "$0")/.."
bytes=${1:-2000000000}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/streamcheck" ./serialize/internal/streamcheck
"$dir/streamcheck" generate "$bytes" "$dir/in.ndjson" testdata/idmefv2/08-full.valid.json \
	testdata/ocsf/authentication-ssh.valid.json testdata/ocsf/detection_finding-ransomware.valid.json testdata/mozdef/event-*.valid.json
most=102400 # kB
bad=0
for workers in 1 0; do
	if [ -x /usr/bin/time ]; then
		/usr/bin/time -f '%M kB at most, %P of one processor, %e s' -o "$dir/time" "$dir/streamcheck" run "$dir/in.ndjson" $workers
		cat "$dir/time"
		used=$(awk '{ print $1 }' "$dir/time")
	else
		echo "/usr/bin/time is absent: the most memory is what the process says itself (VmHWM)"
		"$dir/streamcheck" run "$dir/in.ndjson" $workers | tee "$dir/out"
		used=$(sed -n 's/.*VmHWM \([0-9]*\) kB.*/\1/p' "$dir/out")
	fi
	if [ -n "$used" ] && [ "$used" -gt $most ]; then
		echo "more than $most kB"
		bad=1
	fi
done
exit $bad
