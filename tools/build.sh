#!/usr/bin/env bash
# Builds what has changed: the server as build/release/calldocker, the pages as build/release/web.
#   tools/build.sh            both
#   tools/build.sh --server   the server alone
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$project"

build_server() {
    if [ ! -f build/release/build.ninja ]; then cmake --preset release; fi
    cmake --build --preset release --target calldocker
}

# One line that changes with any file that the pages are built from.
fingerprint() {
    find frontend api -type d \( -name node_modules -o -name dist \) -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort | sha256sum
}

build_pages() {
    npm --prefix frontend run build
    rm -rf build/release/web.new
    cp -R frontend/dist build/release/web.new
    rm -rf build/release/web
    mv build/release/web.new build/release/web
    fingerprint >build/release/web.fingerprint
}

# Nothing to do is the usual case, and is not worth a line on the screen.
if [ ! -x build/release/calldocker ] || ! cmake --build --preset release --target calldocker -- -n 2>/dev/null | grep -q 'no work to do'; then
    words="Building the server"
    [ -x build/release/calldocker ] || words="Building the server; the first time takes some minutes"
    logged build-server "$words" build_server
fi
[ "${1:-}" != --server ] || exit 0
if [ ! -d build/release/web ] || [ "$(fingerprint)" != "$(cat build/release/web.fingerprint 2>/dev/null)" ]; then
    logged build-pages "Building the pages" build_pages
fi
