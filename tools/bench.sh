#!/usr/bin/env bash
# Measures the built server over loopback: a table on the terminal, JSON in build/bench.json.
#   tools/bench.sh [loadgen options]     for example: tools/bench.sh relay-1 calls --seconds 10
# The server runs alone for this, with its limits per address and per connection off, in a data folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

server=build/release/calldocker
loadgen=build/release/tools/loadgen/loadgen
for program in "$server" "$loadgen"; do
  [ -x "$program" ] || { echo "bench: $program is not built; run: make build" >&2; exit 1; }
done
ulimit -n "$(ulimit -Hn)"

data=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$data"' EXIT

export NODE_ENV=development HOST=127.0.0.1 WS_PORT="${BENCH_WS_PORT:-18081}" PORT="${BENCH_PORT:-13000}" DATA_DIR="$data"
export JWT_SECRET="for the benchmark alone, never anywhere else" LOG_LEVEL=warn
export RATE_LIMIT_MESSAGES_PER_SECOND=0 RATE_LIMIT_HTTP_PER_SECOND=0 CONNECTIONS_PER_ADDRESS_MAX=0 NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND=0
"$server" serve >"$data/log" 2>&1 &
pid=$!
for _ in $(seq 100); do
  curl -fs "http://127.0.0.1:$PORT/health" >/dev/null && break
  kill -0 "$pid" 2>/dev/null || { cat "$data/log" >&2; exit 1; }
  sleep 0.05
done

echo "machine: $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), $(nproc) cores; $("$server" version | head -1)" >&2
mkdir -p build
"$loadgen" --port "$WS_PORT" --pid "$pid" --json build/bench.json "$@"
