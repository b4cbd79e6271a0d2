#!/bin/sh
# The window must not export SQLite: WebKitGTK could bind to our SQLCipher instead of the system's.
set -eu
count=$(nm -D --defined-only "$1" | grep -c ' sqlite3_' || true)
if [ "$count" != 0 ]; then
  echo "$1 exports $count sqlite3_ symbols" >&2
  exit 1
fi
