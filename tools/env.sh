# Sourced by the other scripts: where the project is, and the Node that setup.sh put beside it where the system's is too old.
# shellcheck shell=bash disable=SC2034
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
node_major_min=20
if [ -x "$project/.node/node_modules/.bin/npm" ]; then
    PATH="$project/.node/bin:$project/.node/node_modules/.bin:$PATH"
    export PATH
fi
export NO_UPDATE_NOTIFIER=1

say() { printf '%s\n' "$*" >&2; }
die() { printf '%s\n' "$@" >&2; exit 1; }

# log_of NAME: the path of a step's log. Each run of a step writes its log anew.
log_of() { mkdir -p "$project/build/logs" && printf '%s' "$project/build/logs/$1.log"; }

# logged NAME WORDS COMMAND...: runs the command with its output in build/logs/NAME.log. On a terminal it shows the log's
# last line while waiting. A failure shows the log's end and where the rest is, and is passed on.
logged() {
    local name=$1 words=$2 log status=0 pid line columns
    shift 2
    log=$(log_of "$name")
    say "$words (log: ${log#"$project"/})"
    if [ -t 2 ]; then
        "$@" >"$log" 2>&1 </dev/null &
        pid=$!
        columns=$(tput cols 2>/dev/null || echo 80)
        while kill -0 "$pid" 2>/dev/null; do
            line=$(tail -n 1 "$log" 2>/dev/null | tr -cd '[:print:]' | cut -c "1-$((columns - 4))")
            printf '\r\033[K  %s' "$line" >&2
            sleep 0.3
        done
        printf '\r\033[K' >&2
        wait "$pid" || status=$?
    else
        "$@" >"$log" 2>&1 </dev/null || status=$?
    fi
    if [ "$status" -ne 0 ]; then
        say "" "--- the end of ${log#"$project"/} ---"
        tail -n 40 "$log" >&2
        say "--- failed: $words. All of it is in $log"
    fi
    return "$status"
}
