#!/usr/bin/env bash
# Runs the commands that the README shows in blocks marked "console": each line
# that begins with "$ ". A comment "# exit N" at its end says which status it
# must end with; without one, it must succeed.
set -euo pipefail
cd "$(dirname "$0")/.."
bad=0
while IFS= read -r line; do
	command=${line#\$ }
	want=0
	if [[ $command =~ \#\ exit\ ([0-9]+)$ ]]; then want=${BASH_REMATCH[1]}; fi
	case $command in "go test ./..."*) continue ;; esac # run at the beginning
	echo "\$ $command"
	got=0
	bash -o pipefail -c "$command" </dev/null >/tmp/readme.out 2>&1 || got=$?
	tail -n 12 /tmp/readme.out
	if [ "$got" != "$want" ]; then echo "ended with $got, not $want"; bad=1; fi
done < <(awk '/^```console/ { on = 1; next } /^```/ { on = 0 } on && /^\$ /' README.md)
exit $bad
