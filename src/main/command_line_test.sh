#!/usr/bin/env bash
# Runs the program as people do. usage: command_line_test.sh PROGRAM
set -euo pipefail
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
tests=0

# expect EXIT_CODE STDOUT_PATTERN STDERR_PATTERN ARGUMENT...: patterns are bash's, of the whole text.
expect() {
    local code=$1 out_pattern=$2 err_pattern=$3 actual=0 out err
    shift 3
    env -i "${environment[@]}" "$program" "$@" >out 2>err || actual=$?
    out=$(<out) err=$(<err)
    tests=$((tests + 1))
    # shellcheck disable=SC2053 # they are patterns
    if [ "$actual" != "$code" ] || [[ $out != $out_pattern ]] || [[ $err != $err_pattern ]]; then
        printf 'calldocker %s\n  exit code %s, expected %s\n  stdout: %s\n  stderr: %s\n' "$*" "$actual" "$code" "$out" "$err"
        exit 1
    fi
}

secret=0123456789abcdef0123456789abcdef
environment=(PATH="$PATH")
expect 0 'calldocker *commit *SQLite *OpenSSL *' '' version
expect 0 '*Subcommands:*' '' --help
expect 2 '' '*subcommand*' 
expect 2 '' '*--no-such-setting*' config check --no-such-setting 1
expect 2 '' '*--role*' token create --user a --company c
expect 0 '# Settings*' '' config reference --format markdown
expect 0 '# Settings*' '' config reference --format env

# Production without a secret says what to do, and makes none.
expect 1 '' '*JWT_SECRET is not set*openssl rand*' config check
expect 1 '' '*JWT_SECRET is not set*' token create --user a --role agent --company c
[ ! -e .env ]

environment+=(JWT_SECRET=$secret)
expect 0 '' '*fine*' config check
expect 1 '' '*WS_PORT = "x" (flag): allowed is*65535*' config check --ws-port x
expect 1 '' '*WS_PORT = "70000" (flag)*' serve --ws-port 70000
expect 0 '*JWT_SECRET=(redacted)  # environment*' '' config show --redact
expect 0 "*JWT_SECRET=$secret  # environment*" '' config show
expect 0 '*WS_PORT=9000  # flag*' '' config show --ws-port 9000
expect 0 'eyJ*.*.*' '' token create --user amina --role agent --company acme --ttl 15m
expect 2 '' '*--ttl*' token create --user amina --role agent --company acme --ttl soon
expect 2 '' '*--user*' token create --user '' --role agent --company acme

printf 'PORT=3000\nNO_SUCH=1\n' >.env
expect 1 '' '*.env line 2: there is no setting NO_SUCH*' config check
printf 'PORT="3000\n' >.env
expect 1 '' '*line 1*PORT*' serve
rm .env

# In development one secret is made, kept, and used again.
environment=(PATH="$PATH" NODE_ENV=development)
expect 0 'eyJ*' '' token create --user amina --role agent --company acme
kept=$(<.env)
[ "$(stat -c %a .env)" = 600 ]
expect 0 'eyJ*' '' token create --user amina --role agent --company acme
[ "$kept" = "$(<.env)" ]

expect 0 'ok *settings*PORT 0*database*disk space*clock*open files*' '' doctor --port 0 --ws-port 0 --data-dir data
[ ! -e data ]
printf 'not a database, but long enough to be looked at: %0100d\n' 0 >broken.db
expect 1 '*fail *not an SQLite database*' '' doctor --port 0 --ws-port 0 --database-url "sqlite:$folder/broken.db"
expect 1 '' '*not an SQLite database*' serve --port 0 --ws-port 0 --data-dir "$folder" --database-url "sqlite:$folder/broken.db"

expect 1 '' '*calldocker.db: no such file*' company list --data-dir data
[ ! -e data ]
expect 2 '' '*company*' company show
expect 2 '' '*--from*' log export acme --from first
expect 2 '' '*call*' log why acme
expect 1 '' "*can't read none.jsonl*" log replay none.jsonl
printf '%s\n' '{"sequence":1,"at":"2026-11-23T03:43:49.120Z","type":"agent.signed_in","actor":"system","commandId":"","data":{"agent":"amina","name":"Amina"}}' >acme.jsonl
expect 0 'company acme at event 1, 2026-11-23T03:43:49.120Z*amina*' '' log replay acme.jsonl
expect 0 '{"format":1,"sequence":1,*"amina"*}' '' log replay acme.jsonl --json
expect 1 '' '*ends at event 1*' log replay acme.jsonl --at 2

echo "command line: $tests commands"
