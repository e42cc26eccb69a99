#!/usr/bin/env bash
# Runs every fuzz target for the time given, one after the other: .ci/fuzz.sh 1h
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:?how long to fuzz each target, as 30s or 1h}
for package in $(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...); do
	targets=$(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true)
	for target in $targets; do
		echo "$package $target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package" | tail -n 3
	done
done
