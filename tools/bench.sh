#!/usr/bin/env bash
# Measures CallDocker as it is shipped, optimised, and prints tables.
#   tools/bench.sh                   the core, then the server, then the server beside its peers, then how costs grow
#   tools/bench.sh core [ARGS]       the parts alone, without sockets; ARGS go to Google Benchmark; JSON in build/bench-core.json
#   tools/bench.sh server [ARGS]     the server over loopback; ARGS go to the load generator (its scenarios, --seconds,
#                                    --connections; --help lists them); JSON in build/bench.json
#   tools/bench.sh peers [ARGS]      the server beside a Node server and a bare relay, in turn; ARGS go to bench/peers/compare.py
#                                    (--rounds, --seconds, --connections); JSON in build/bench-peers.json
#   tools/bench.sh growth [ARGS]     what costs more in a larger company, at 1x, 4x and 16x (minutes); ARGS go to tools/growth.py:
#                                    with --plots docs the plots of docs/performance.md are drawn anew
#   tools/bench.sh promises          whether times that are promised over the wire are kept (tests/README.md), with build/release
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$project"
tree=build/bench

build() {
    if [ ! -f "$tree/build.ninja" ]; then cmake --preset bench; fi
    if [ "$what" = peers ]; then cmake --build --preset bench --target calldocker loadgen peer_floor; else cmake --build --preset bench; fi
}

bench_core() {
    local program name out parts=()
    for program in "$tree"/src/domain/*/*_bench "$tree"/src/app/*_bench "$tree"/src/protocol/*/*_bench "$tree"/src/server/*/*_bench \
        "$tree"/src/adapters/*/*_bench; do
        name=$(basename "$program")
        out="$tree/$name.json"
        say "" "$name"
        "$program" --benchmark_min_time=0.2 --benchmark_out="$out" --benchmark_out_format=json "$@" 2>"$(log_of "$name")"
        parts+=("$out")
    done
    python3 - "${parts[@]}" >build/bench-core.json <<'PYTHON'
import json, pathlib, sys
print(json.dumps({pathlib.Path(part).stem: json.loads(pathlib.Path(part).read_text()) for part in sys.argv[1:]}, indent=1))
PYTHON
    say "" "JSON is in build/bench-core.json."
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

json=build/bench.json

bench_server() {
    local port log
    # Ten thousand connections are as many descriptors, at each end.
    ulimit -n "$(ulimit -Hn)"
    folder=$(mktemp -d)
    port=$(free_port)
    log=$(log_of bench-server)
    # The server's limits are for strangers; here one address is all the callers. Its working folder keeps anyone's .env away.
    (
        cd "$folder"
        exec env NODE_ENV=development HOST=127.0.0.1 WS_PORT="$port" PORT="$(free_port)" DATA_DIR="$folder/data" LOG_LEVEL=warn \
            JWT_SECRET="$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')" RATE_LIMIT_MESSAGES_PER_SECOND=0 \
            RATE_LIMIT_HTTP_PER_SECOND=0 CONNECTIONS_PER_ADDRESS_MAX=0 NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND=0 BUDGETS_PERCENT=0 \
            "$project/$tree/calldocker" serve --only websocket
    ) >"$log" 2>&1 &
    server=$!
    trap 'kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$server" 2>/dev/null || { tail -n 20 "$log" >&2; die "The server did not start; all of it is in ${log#"$project"/}."; }
        sleep 0.05
    done
    "$tree/tools/loadgen/loadgen" --port "$port" --pid "$server" --json "$json" "$@"
    say "JSON is in $json."
}

bench_growth() {
    local name results=()
    for name in app domain/routing; do
        "$tree/src/$name/${name//\//_}_bench" --benchmark_filter='^growth/' --benchmark_repetitions=3 --benchmark_min_time=0.2 \
            --benchmark_out="$tree/growth-${name//\//_}.json" --benchmark_out_format=json >"$(log_of "growth-${name//\//_}")" 2>&1
        results+=("$tree/growth-${name//\//_}.json")
    done
    json=build/bench-growth.json
    (bench_server connect-beside-1000 connect-beside-4000 connect-beside-16000 calls-beside-500 calls-beside-2000 calls-beside-8000)
    tools/growth.py "$@" "${results[@]}" "$json"
}

bench_peers() {
    ulimit -n "$(ulimit -Hn)"
    bench/peers/compare.py "$tree/calldocker" "$tree/bench/peers/peer_floor" "$tree/tools/loadgen/loadgen" --json build/bench-peers.json "$@"
    say "JSON is in build/bench-peers.json."
}

bench_promises() {
    [ -x build/release/calldocker ] || tools/build.sh --server
    CALLDOCKER_BENCH=1 npm --prefix tests run integration -- integration/promises.spec.ts
}

what=${1:-}
logged bench-build "Building the server, its benchmarks and the load generator" build
case "$what" in
    core) shift && bench_core "$@" ;;
    server) shift && bench_server "$@" ;;
    peers) shift && bench_peers "$@" ;;
    promises) bench_promises ;;
    growth) shift && bench_growth "$@" ;;
    *) bench_core && (bench_server "$@") && bench_peers && bench_growth && bench_promises ;;
esac
