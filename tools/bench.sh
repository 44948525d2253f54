#!/usr/bin/env bash
# Measures the built server over loopback: a table on stdout, JSON in build/bench.json. Arguments go to the load generator
# (its scenarios, --seconds, --connections; --help lists them).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$project"

build() {
    if [ ! -f build/release/build.ninja ]; then cmake --preset release; fi
    cmake --build --preset release --target calldocker loadgen
}
logged bench-build "Building the server and the load generator" build

# Ten thousand connections are as many descriptors, at each end.
ulimit -n "$(ulimit -Hn)"
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
folder=$(mktemp -d)
port=$(free_port)
log=$(log_of bench-server)
# The server's limits are for strangers; here one address is all the callers. Its working folder keeps anyone's .env away.
(
    cd "$folder"
    exec env NODE_ENV=development HOST=127.0.0.1 WS_PORT="$port" PORT="$(free_port)" DATA_DIR="$folder/data" LOG_LEVEL=warn \
        JWT_SECRET="$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')" RATE_LIMIT_MESSAGES_PER_SECOND=0 \
        RATE_LIMIT_HTTP_PER_SECOND=0 CONNECTIONS_PER_ADDRESS_MAX=0 NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND=0 \
        "$project/build/release/calldocker" serve --only websocket
) >"$log" 2>&1 &
server=$!
trap 'kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { tail -n 20 "$log" >&2; die "The server did not start; all of it is in ${log#"$project"/}."; }
    sleep 0.05
done
build/release/tools/loadgen/loadgen --port "$port" --pid "$server" --json build/bench.json "$@"
say "JSON is in build/bench.json."
