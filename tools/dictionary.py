"""Trains the dictionary that sections of envelopes are packed with (schema/wire/envelope.md), from what
`TERN_BENCH_SAMPLES=folder cargo bench -p tern-app --bench exchange` leaves in a folder: demonstration children alone.

What a person typed is replaced by letters drawn at random, and so are dates and countries: the dictionary knows how
records are spelled, and no name, place or sentence. Run once for each suite: the file never changes after.

    python tools/dictionary.py folder schema/wire/suite-1.dict
"""

import pathlib
import random
import re
import string
import sys

import zstandard

ROOT = pathlib.Path(__file__).parent.parent
SIZE = 64 * 1024
DATE = re.compile(r"^\d{4}-\d{2}-\d{2}")
draw = random.Random(1)

sys.path.insert(0, str(ROOT / "tests/golden/wire"))
from check import item, write  # noqa: E402


def words_of_the_schema():
    """Codes and names of fields: whatever stands in forms and code lists as one word."""
    files = [file for file in (ROOT / "schema").rglob("*") if file.suffix in (".json", ".yaml", ".yml")]
    return {word for file in files for word in re.findall(r"[a-z][a-z0-9_.]*", file.read_text())}


KNOWN = words_of_the_schema()


def letters(text):
    """As many letters as the text has, of its own alphabet."""
    def other(char):
        if not char.isalpha():
            return char
        for alphabet in (string.ascii_lowercase, string.ascii_uppercase):
            if char in alphabet:
                return draw.choice(alphabet)
        return chr(ord(char) & ~31 | draw.randrange(32))

    return "".join(map(other, text))


def date(text):
    return f"{draw.randrange(2008, 2040)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}" + text[10:]


def composite(raw):
    """A name, a fuzzy date, a place: an array inside a byte string. What is none is an id or a key."""
    try:
        inner, end = item(raw, 0)
    except (IndexError, KeyError, ValueError):
        inner, end = None, 0
    if end != len(raw) or not isinstance(inner, list):
        return draw.randbytes(len(raw))
    return write([inner[0], *map(masked, inner[1:])])


def masked(value):
    """The value of a field without anything that a person typed."""
    if isinstance(value, list):
        return [masked(one) for one in value]
    if isinstance(value, bytes):
        return composite(value)
    if isinstance(value, str):
        if DATE.match(value):
            return date(value)
        return value if value in KNOWN or value in ("Latn", "Arab", "Cyrl", "Ethi") else letters(value)
    if isinstance(value, int) and not isinstance(value, bool) and value > 255:
        return draw.randrange(value // 2, value * 2)
    return value


def put(entries, first):
    """Fields and values by turns, and rows: `[list, row, field, value, ...]`."""
    out, at = list(entries[:first]), first
    while at < len(entries):
        if isinstance(entries[at], list):
            out.append(put(entries[at], 2))
            at += 1
        else:
            value = entries[at + 1]
            reference = isinstance(value, list)
            out += [entries[at], value if reference else masked(value)]
            at += 2
    return out


def sample(raw):
    (compartment, intents), _ = item(raw, 0)
    for intent in intents:
        intent[0] = draw.randrange(1_800_000_000_000, 2_200_000_000_000)
        intent[7] = put(intent[7], 0)
    return write([compartment, intents])


def main(folder, to):
    samples = [sample(file.read_bytes()) for file in sorted(pathlib.Path(folder).iterdir())]
    draw.shuffle(samples)
    dictionary = zstandard.train_dictionary(SIZE, samples, level=9)
    pathlib.Path(to).write_bytes(dictionary.as_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
