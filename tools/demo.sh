#!/bin/sh
# A practice programme with 300 invented children, opened in the window.
set -eu
home=${TERN_HOME:-$(pwd)/out/demo}
export TERN_PASSPHRASE="otter lantern pebble harbor kite"
if [ ! -e "$home/slots" ]; then
  mkdir -p "$(dirname "$home")"
  cargo run -q -p tern-cli -- --home "$home" programme create --name Harbour --site Velmar --country QME --worker Leila --practice
  cargo run -q -p tern-cli -- --home "$home" demo --children 300 --seed 7
fi
echo "The five words: $TERN_PASSPHRASE"
TERN_HOME="$home" make run
