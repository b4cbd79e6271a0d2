#!/bin/sh
# Installs what a fresh Debian machine lacks; elsewhere says what to install. Safe to run again.
set -eu

packages="build-essential pkg-config libssl-dev libdbus-1-dev libwebkit2gtk-4.1-dev librsvg2-dev tcl xvfb xauth webkit2gtk-driver chromium binutils python3-venv"

need=""
for tool in cargo node npm; do
  command -v "$tool" >/dev/null 2>&1 || need="$need $tool"
done
if [ -n "$need" ]; then
  echo "Please install first:$need" >&2
  echo "  cargo: Rust 1.95 or newer, https://rustup.rs     node and npm: Node.js 20.19 or newer, https://nodejs.org" >&2
  exit 1
fi

if ! command -v dpkg-query >/dev/null 2>&1; then
  [ -n "${TERN_SETUP_TOLD:-}" ] || echo "Not a Debian system. Needed: a C compiler, pkg-config, OpenSSL and D-Bus headers, WebKitGTK 4.1 with its WebDriver, Xvfb, Chromium, Python 3.11 with venv." >&2
  exit 0
fi

missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
# For tests alone: a program can be built and run without it.
python() {
  sh "$(dirname "$0")/python.sh" >/dev/null || echo "No Python for the check of golden vectors: its test will fail." >&2
}
if [ -z "$missing" ]; then
  python
  exit 0
fi

echo "Installing:$missing"
if [ "$(id -u)" = 0 ]; then as=""; elif command -v sudo >/dev/null 2>&1; then as="sudo"; else
  echo "Run as root: apt-get install$missing" >&2
  exit 1
fi
$as apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends $missing
python
