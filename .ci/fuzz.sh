#!/usr/bin/env bash
# Runs every fuzz target, one after the other, each for the time or the number of
# executions given: .ci/fuzz.sh 1h, .ci/fuzz.sh 1000x
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:?how long to fuzz each target, as 30s, 1h or 1000x}
out=$(mktemp)
trap 'rm -f "$out"' EXIT
for package in $(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...); do
	targets=$(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true)
	for target in $targets; do
		# To make an input smaller that only shows something new takes all the time.
		if go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 1x "$package" >"$out" 2>&1; then
			printf '%s %s: %s\n' "$package" "$target" "$(grep -o 'execs: [0-9]*' "$out" | tail -n 1)"
		elif grep -q 'context deadline exceeded' "$out" && ! grep -q 'Failing input written' "$out"; then
			# The time ran out while an input was at work.
			printf '%s %s: stopped by the clock\n' "$package" "$target"
		else
			cat "$out"
			exit 1
		fi
	done
done
