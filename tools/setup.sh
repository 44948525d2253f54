#!/usr/bin/env bash
# Installs what CallDocker needs on a Debian 12 machine and is not there yet. Says what before it does.
#   tools/setup.sh --run    what building and running need
#   tools/setup.sh --test   that, and what the tests need (the default)
# With everything in place it changes nothing and takes less than a second.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

packages_run="g++ cmake ninja-build ccache pkg-config lld libboost1.81-dev libssl-dev libsimdjson-dev libcjose-dev
    libjansson-dev libsodium-dev libsoci-dev libsqlite3-dev libfmt-dev libspdlog-dev libcli11-dev libexpected-dev
    libhowardhinnant-date-dev prometheus-cpp-dev tzdata ca-certificates curl"
packages_test="make git python3 libgtest-dev libgmock-dev libbenchmark-dev clang clang-format llvm libclang-rt-14-dev
    chromium chromium-headless-shell firefox-esr nginx coturn faketime openssl shellcheck sqlite3"
# Debian 12's own Node is 18. The registry's package holds the binary itself, so nothing else is downloaded.
node_version=22
npm_version=11

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Names of the packages among the arguments that are not installed. One query for all: it is the whole cost of a second run.
missing_packages() {
    local name status
    declare -A there=()
    while read -r name status; do
        [ "$status" = installed ] && there[$name]=1
    done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for name in "$@"; do [ -n "${there[$name]:-}" ] || printf '%s ' "$name"; done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; return; fi
    command -v sudo >/dev/null || die "Not root, and there is no sudo. As root, run:" "  $*"
    sudo "$@"
}

install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        die "This script knows Debian 12 only. Elsewhere, install the equivalents of these packages and build with CMake:" "$*"
    fi
    local missing
    # shellcheck disable=SC2048,SC2086 # the lists are split into names on purpose
    missing=$(missing_packages $*)
    [ -n "$missing" ] || return 0

    say "CallDocker needs these Debian packages, which will be installed now$([ "$(id -u)" -eq 0 ] || echo ' with sudo'):"
    say "  $missing"
    as_root apt-get update -q >&2
    # --no-remove: nothing that is there goes without its owner's word (Boost 1.74's headers exclude 1.81's, for one).
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --no-remove $missing >&2 && return 0
    say "" "apt-get could not install them."
    if is_installed libboost1.74-dev; then
        say "libboost1.81-dev takes the place of libboost1.74-dev, which is installed. Where nothing else needs that, run:" \
            "  apt-get install --no-install-recommends libboost1.81-dev"
    fi
    die "Once what apt-get says above is put right, run this again."
}

node_major() { { node --version 2>/dev/null || echo v0; } | sed 's/^v\([0-9]*\).*/\1/'; }

# Node and npm: the system's where they are new enough, else our own in .node, fetched by Debian's npm.
ensure_node() {
    if [ "$(node_major)" -ge "$node_major_min" ] && command -v npm >/dev/null; then return; fi
    local offered architecture
    offered=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: \([0-9]*\).*/\1/p')
    if ! command -v npm >/dev/null; then
        # A package from elsewhere than Debian may bring its own npm; then there is no package of that name to install.
        if [ "${offered:-0}" -ge "$node_major_min" ] && ! command -v node >/dev/null; then install_packages nodejs; fi
        command -v npm >/dev/null || install_packages nodejs npm
    fi
    if [ "$(node_major)" -ge "$node_major_min" ]; then return; fi
    case $(uname -m) in
        x86_64) architecture=x64 ;;
        aarch64) architecture=arm64 ;;
        *) die "Node $(node --version) is older than $node_major_min, and there is no package of a newer one for $(uname -m). Install Node $node_major_min or later." ;;
    esac
    say "Node here is $(node --version); CallDocker needs $node_major_min. Node $node_version goes into .node, for this project alone."
    mkdir -p "$project/.node/bin"
    printf '{"private": true}\n' >"$project/.node/package.json"
    npm install --prefix "$project/.node" --no-audit --no-fund --no-package-lock \
        "node-linux-$architecture@$node_version" "npm@$npm_version" >&2
    ln -sf "../node_modules/node-linux-$architecture/bin/node" "$project/.node/bin/node"
    . "$project/tools/env.sh"
    hash -r
}

# npm ci in a folder whose lock file has changed since the last time (or that was never installed).
install_npm() {
    local folder=$1 lock="$project/$1/package-lock.json" stamp="$project/$1/node_modules/.installed-lock"
    [ -f "$lock" ] || return 0
    if [ -f "$stamp" ] && cmp -s "$lock" "$stamp"; then return; fi
    logged "npm-${folder//\//-}" "Installing the npm packages of $folder" npm ci --prefix "$project/$folder" --no-audit --no-fund
    cp "$lock" "$stamp"
}

what=${1:---test}
case $what in
    --run) install_packages "$packages_run" ;;
    --test) install_packages "$packages_run $packages_test" ;;
    *) die "usage: tools/setup.sh [--run | --test]" ;;
esac
ensure_node
install_npm frontend
if [ "$what" = --test ]; then
    install_npm tests
fi
