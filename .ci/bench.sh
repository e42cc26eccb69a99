#!/usr/bin/env bash
# Compares reading, checking and writing with encoding/json and jsonschema, in
# one run: medians over the rounds given (5 if none is), and how many times as
# long the others take: .ci/bench.sh 9
set -euo pipefail
cd "$(dirname "$0")/.."
go test ./serialize -run '^$' -bench Peers -benchtime 0.3s -count "${1:-5}" | awk '
	/^Benchmark/ {
		split($1, part, "/")
		doc = part[2]; what = part[3] "/" part[4]; sub(/-[0-9]+$/, "", what)
		times[doc, what] = times[doc, what] " " $3
		if (!(doc in docs)) { docs[doc]; order[++n] = doc }
		if (!(what in whats)) { whats[what]; rows[++m] = what }
	}
	function median(list,   v, k, i, j, t) {
		k = split(list, v, " ")
		for (i = 2; i <= k; i++) for (j = i; j > 1 && v[j-1]+0 > v[j]+0; j--) { t = v[j]; v[j] = v[j-1]; v[j-1] = t }
		return v[int((k + 1) / 2)] + 0
	}
	END {
		for (d = 1; d <= n; d++) {
			print order[d]
			for (r = 1; r <= m; r++) {
				t = median(times[order[d], rows[r]])
				split(rows[r], kind, "/")
				if (kind[2] == "secmodel") base[kind[1]] = t
				printf "  %-44s %8.2f us  %6.1fx\n", rows[r], t / 1000, t / base[kind[1]]
			}
		}
	}'
