#!/bin/bash
# Prints the size of a program that uses one OCSF class, beside that of an empty
# one and of one that decodes JSON into a map, and the time of a cold build of
# package ocsf with all that it imports already built.
set -eu
cd "$(dirname "$0")/.."
dir=$(mktemp -d ./.size.XXXXXX)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/empty" "$dir/json" "$dir/ocsf"
cat >"$dir/empty/main.go" <<'GO'
package main

import "fmt"

func main() { fmt.Println() }
GO
cat >"$dir/json/main.go" <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	var v map[string]any
	err := json.NewDecoder(os.Stdin).Decode(&v)
	fmt.Println(v, err)
}
GO
cat >"$dir/ocsf/main.go" <<'GO'
package main

import (
	"fmt"

	"github.com/secmodel/secmodel/ocsf"
)

func main() {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	data, err := e.AppendJSON(nil)
	fmt.Println(string(data), err, e.Validate(), e.UnmarshalJSON(data))
}
GO
echo "bytes, and stripped:"
for p in empty json ocsf; do
	go build -o "$dir/$p.full" "$dir/$p/main.go"
	go build -ldflags='-s -w' -o "$dir/$p.stripped" "$dir/$p/main.go"
	echo "  $p $(wc -c <"$dir/$p.full") $(wc -c <"$dir/$p.stripped")"
done
cache=$(mktemp -d)
trap 'rm -rf "$dir" "$cache"' EXIT
export GOCACHE="$cache"
go build $(go list -deps ./ocsf | grep -v '/ocsf$')
echo "cold build of package ocsf:"
time go build ./ocsf
