#!/usr/bin/env bash
# Makes .venv with what requirements-dev.txt pins, by hash, with the newest Python on this machine that can, and the
# simulator from its folder: a lock with hashes cannot hold what lies in this repository.
# PYTHON=/path/to/python overrides the choice.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'bootstrap: %s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install_packages() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# A candidate counts only when it really runs: version managers leave shims that do not, Debian leaves out ensurepip.
find_python() {
    local candidate
    for candidate in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

install_venv_package() {
    may_install_packages || return 1
    say "installing Debian's python3-venv"
    as_root apt-get update -qq >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-venv >&2
}

if ! python=$(find_python); then
    # Whoever names a Python does not want another one.
    [ -n "${PYTHON:-}" ] || install_venv_package || true
    python=$(find_python) || {
        say "found no Python 3.11 or newer that can make virtual environments (tried ${PYTHON:-python3.14 ... python3})."
        say "Install one, on Debian or Ubuntu with 'apt-get install python3-venv', or name one: make PYTHON=/path/to/python"
        exit 1
    }
fi

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
say "installing the pinned requirements"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
say "installing the simulator"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable ./simulator
