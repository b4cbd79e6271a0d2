#!/bin/sh
# Opens the window, or says how when there is no display.
set -eu
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "Built, but there is no display here."
  echo "  On a server, look at it through a virtual display:   xvfb-run -a $1"
  echo "  From another machine:                                ssh -X, then make run"
  exit 0
fi
exec "$1"
