#!/usr/bin/env bash
# Builds CallDocker where it has to and starts it for development: both ports, a demo company, demo agents.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/tools/env.sh"
cd "$project"

usage() {
    cat <<'TXT'
usage: ./start-servers.sh [--build-only | --websocket-only] [--help]

Installs what is missing (says so first), builds what has changed, and starts CallDocker in development mode:
the site on port 3000 and signalling on port 8081. Ctrl-C stops it.

  --build-only       build/release/calldocker and build/release/web, and start nothing
  --websocket-only   signalling on port 8081 alone
  --help             this text

Settings come from the environment and from .env; env.example lists them all (PORT and WS_PORT move the ports).
TXT
}

mode=both
for argument in "$@"; do
    case $argument in
        --build-only) mode=build ;;
        --websocket-only) mode=websocket ;;
        -h | --help) usage; exit 0 ;;
        *) say "start-servers.sh: unknown option $argument"; usage >&2; exit 2 ;;
    esac
done

tools/setup.sh --run
if [ "$mode" = websocket ]; then tools/build.sh --server; else tools/build.sh; fi
if [ "$mode" = build ]; then
    say "Built: build/release/calldocker, its pages in build/release/web."
    exit 0
fi

# setting NAME DEFAULT: as the server will see it, from the environment, else from .env.
setting() {
    local value=${!1:-}
    [ -n "$value" ] || value=$(sed -n "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//p" .env 2>/dev/null | tail -n 1 | tr -d "\"'\r" || true)
    printf '%s' "${value:-$2}"
}

host=$(setting HOST 127.0.0.1)
case $host in 0.0.0.0 | :: | '') host=127.0.0.1 ;; esac
web_port=$(setting PORT 3000)
signalling_port=$(setting WS_PORT 8081)
scheme=http socket=ws
if [ -n "$(setting TLS_CERT '')" ]; then scheme=https socket=wss; fi
arguments=(serve)
probe="$scheme://$host:$web_port/health"
probed_port=$web_port
if [ "$mode" = websocket ]; then
    arguments+=(--only websocket)
    probe="$scheme://$host:$signalling_port/"
    probed_port=$signalling_port
fi

NODE_ENV=$(setting NODE_ENV development)
export NODE_ENV
# Someone is there already: only the server itself can say the right words, and /health would answer for the other one.
if (exec 3<>"/dev/tcp/$host/$probed_port") 2>/dev/null; then exec build/release/calldocker "${arguments[@]}"; fi

build/release/calldocker "${arguments[@]}" &
server=$!
# shellcheck disable=SC2317 # it is the trap that reaches it
stop() {
    trap '' INT TERM
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    exit 0
}
trap stop INT TERM

status=0
until curl --silent --insecure --output /dev/null --max-time 2 "$probe"; do
    kill -0 "$server" 2>/dev/null || { wait "$server" || status=$?; exit "$status"; }
    sleep 0.05
done

if [ "$mode" = websocket ]; then
    say "" "CallDocker's signalling is ready at $socket://$host:$signalling_port" "Ctrl-C stops it."
else
    cat >&2 <<TXT

CallDocker is ready.
  Agent:    $scheme://$host:$web_port/agent   sign in as Agent One, then "Go available"
  Visitor:  $scheme://$host:$web_port/        in another window: "Call us", then "Start voice call"
  Signalling is at $socket://$host:$signalling_port and $socket://$host:$web_port/ws
Ctrl-C stops it.
TXT
fi
wait "$server" || status=$?
exit "$status"
