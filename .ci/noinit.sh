#!/usr/bin/env bash
# Fails if a package of the library has work to do at start-up: an init function,
# or a variable that the compiler could not lay out as data. Go gives packages
# whose tables hold function values an init that only returns; that is allowed.
set -euo pipefail
cd "$(dirname "$0")/.."
module=$(go list -m)
dir=.ci/tmp # inside the module, whose packages the program imports
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir"
cat >"$dir/main.go" <<EOF
package main

import (
	"$module/idmefv2"
	"$module/mozdef"
	"$module/ocsf"
	"$module/serialize"
)

var sink = []any{serialize.Detect, new(idmefv2.Message), new(mozdef.Event), new(ocsf.Authentication)}

func main() { _ = sink }
EOF
go build -o "$dir/program" "./$dir"
most=16 # bytes of code: no more than a return
bad=$(go tool nm -size "$dir/program" | awk -v m="$module" -v most="$most" \
	'index($4, m) == 1 && $4 ~ /\.init(\.[0-9]+)?$/ && $2 > most { print $2, $4 }')
if [ -n "$bad" ]; then
	echo "work at start-up, in bytes of code:"
	echo "$bad"
	exit 1
fi
echo "none"
