#!/usr/bin/env bash
# Shows each status of serialize.Receiver with curl, over TLS with client
# certificates: starts serialize/internal/httpexample on the loopback interface.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v curl >/dev/null; then
	echo "skipped: there is no curl"
	exit 0
fi
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$dir"' EXIT
go build -o "$dir/server" ./serialize/internal/httpexample
"$dir/server" "$dir" >"$dir/url" 2>"$dir/log" &
server=$!
for _ in $(seq 100); do
	[ -s "$dir/url" ] && break
	sleep 0.05
done
url=$(cat "$dir/url")
if [ -z "$url" ]; then echo "the server did not start:"; cat "$dir/log"; exit 1; fi

alert=$dir/alert.json
message() {
	printf '{"Version":"2.D.V08","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z","Analyzer":{"Name":"a"},"Description":"%s"}' "$1"
}
message fine >"$alert"
bad=0
# show WANT PATTERN WHAT CURL-ARGUMENTS...: the status must be WANT, and the
# header and body of the response must match PATTERN.
show() {
	local want=$1 pattern=$2 what=$3 got
	shift 3
	got=$(curl --silent --show-error --max-time 8 --tlsv1.3 --cacert "$dir/ca.pem" --cert "$dir/client.pem" --key "$dir/client.key" \
		--dump-header "$dir/head" --output "$dir/body" --write-out '%{http_code}' "$@" 2>"$dir/error") || true
	if [ "$got" = "$want" ] && cat "$dir/head" "$dir/body" 2>/dev/null | grep -qiE -- "$pattern"; then
		printf '%s  %s\n' "$got" "$what"
	else
		printf '%s  %s: want %s and %s\n' "$got" "$what" "$want" "$pattern"
		cat "$dir/error" "$dir/head" "$dir/body" 2>/dev/null || true
		bad=1
	fi
	rm -f "$dir/head" "$dir/body"
}
json='Content-Type: application/json'

show 204 '' 'a message' -H "$json" --data-binary "@$alert" "$url"
show 204 '' 'a message, by HTTP/1.1 in chunks' --http1.1 -H "$json" -H 'Transfer-Encoding: chunked' --data-binary "@$alert" "$url"
show 204 '' 'a message, compressed' -H "$json" -H 'Content-Encoding: gzip' --data-binary @<(gzip -c "$alert") "$url"
show 204 '' 'a message, sent after 100 Continue' --http1.1 -H "$json" -H 'Expect: 100-continue' --data-binary "@$alert" "$url"
show 200 '"accepted":2,"rejected":0' 'a stream' -H 'Content-Type: application/x-ndjson' --data-binary @<(message fine; echo; message fine) "$url"
show 400 '"number":2.*"line":2.*"code":"syntax"' 'a stream with a malformed record' -H 'Content-Type: application/x-ndjson' \
	--data-binary @<(message fine; echo; echo '{'; message fine) "$url"
show 503 '"accepted":1,"rejected":0,"next":2' 'a stream that cannot be taken to its end' -H 'Content-Type: application/x-ndjson' \
	--data-binary @<(message fine; echo; message busy; echo; message fine) "$url"
show 400 '"code":"syntax"' 'a malformed message' -H "$json" --data-binary '{"Version":' "$url"
show 400 '"code":"attribute_required_missing","pointer":"/Analyzer"' 'an invalid message' -H "$json" --data-binary '{"Version":"2.D.V08"}' "$url"
show 400 '"code":"format_unknown"' 'a message of no known format' -H "$json" --data-binary '{"x":1}' "$url"
show 400 'content-type: application/problem' 'a problem, for those who ask for one' -H "$json" -H 'Accept: application/problem+json' --data-binary '{' "$url"
show 403 'this analyzer may not' 'a message that is refused' -H "$json" --data-binary "$(message forbidden)" "$url"
show 404 '' 'another path' -H "$json" --data-binary "@$alert" "${url}elsewhere"
show 405 'allow: options, post' 'GET' "$url"
show 405 'allow: options, post' 'HEAD' --head "$url"
show 204 'accept-post: .*application/json' 'OPTIONS' -X OPTIONS "$url"
show 406 '"alternatives":\["application/json"' 'a response of a type that there is none of' -H "$json" -H 'Accept: text/html' --data-binary "@$alert" "$url"
show 408 '' 'a body that does not come' --http1.1 -H "$json" -X POST -T - "$url" < <(printf '{'; sleep 3)
show 413 '"code":"document_too_large"' 'a large message' -H "$json" --data-binary @<(head -c 100000 /dev/zero) "$url"
show 413 '"code":"document_too_large"' 'a message that becomes large' -H "$json" -H 'Content-Encoding: gzip' --data-binary @<(head -c 10000000 /dev/zero | tr '\0' ' ' | gzip -c) "$url"
show 415 'accept: application/json' 'an unknown content type' -H 'Content-Type: application/x-idmefv2' --data-binary "@$alert" "$url"
show 415 'accept-encoding: zstd, gzip, deflate' 'an unknown content encoding' -H "$json" -H 'Content-Encoding: br' --data-binary "@$alert" "$url"
show 500 'could not be processed' 'a message that breaks the receiver' -H "$json" --data-binary "$(message broken)" "$url"
show 503 'retry-after: 7' 'a message that comes too early' -H "$json" --data-binary "$(message busy)" "$url"
if curl --silent --max-time 8 --cacert "$dir/ca.pem" --data-binary "@$alert" "$url" >/dev/null; then
	echo "a client without a certificate is let in"
	bad=1
fi
exit $bad
