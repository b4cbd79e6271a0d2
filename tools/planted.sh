#!/bin/sh
# Wakes one planted fault after another and says which seed of the simulator finds it. Fails where none of 160 does.
set -eu
cd "$(dirname "$0")/.."
cargo test -q -p tern-stories --features planted --test simulator --no-run
missed=0
for fault in signed-before-commit taken-not-stored fork-dropped gap-not-asked tip-by-number \
    removed-is-served key-not-rotated file-end-ignored loser-not-listed vain-not-asked; do
    found=$(TERN_PLANTED=$fault RUST_BACKTRACE=0 cargo test -q -p tern-stories --features planted --test simulator -- \
        --runs 160 --until-fails 2>&1 || true)
    seed=$(printf '%s\n' "$found" | sed -n 's/^seed \([0-9]*\) fails.*/\1/p' | head -n 1)
    said=$(printf '%s\n' "$found" | sed -n '/panicked at/{n;p;}' | head -n 1 | cut -c 1-90)
    printf '%-22s %s\n' "$fault" "${seed:+seed $seed: $said}"
    [ -n "$seed" ] || missed=1
done
exit $missed
