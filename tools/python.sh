#!/bin/sh
# Prints the path of a Python that has what the checks of golden vectors need; makes it in target/ when it is not there.
set -eu
cd "$(dirname "$0")/.."

wanted=tests/golden/wire/requirements.txt
home=target/python
stamp=$home/wanted.txt
if ! cmp -s "$wanted" "$stamp"; then
  mkdir -p target
  # Two tests may ask at once: each makes its own, the first to finish is kept.
  fresh=$(mktemp -d target/python.XXXXXX)
  trap 'rm -rf "$fresh"' EXIT
  python3 -m venv --clear "$fresh" >&2
  "$fresh/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: --require-hashes -r "$wanted" >&2
  cp "$wanted" "$fresh/wanted.txt"
  rm -rf "$home"
  mv "$fresh" "$home"
  trap - EXIT
fi
echo "$PWD/$home/bin/python"
