#!/usr/bin/env bash
# Compares reading, checking and writing with everything else that Go programs do
# it with, and prints all tables: .ci/bench.sh -readme ../README.md puts the main
# ones there, and all into bench/RESULTS.md. bench/doc.go says what is compared,
# .ci/bench.sh -help which options there are. Paths are relative to bench/.
set -euo pipefail
cd "$(dirname "$0")/../bench"
go generate .
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -tags full -o "$dir/bench" .
"$dir/bench" "$@"
