"""Opens and verifies every golden vector with other libraries than ours: OpenSSL by way of `cryptography`, and
`zstandard`. Written after schema/wire/, not after the Rust code. Run by `cargo test -p tern-seal --test independent`.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import sys

import zstandard
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

HERE = pathlib.Path(__file__).parent
ZEROS = bytes(32)
DICTIONARY = zstandard.ZstdCompressionDict((HERE / "../../../schema/wire/suite-1.dict").resolve().read_bytes())
unhex = bytes.fromhex


def same(got, wanted, what):
    if got != wanted:
        raise ValueError(f"{what} differs")


# --- CBOR, as cbor.md draws it -------------------------------------------------------------------------------------


def item(data, at):
    """One item and where the next begins. Refuses what is not in the shortest form."""
    major, low = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        return {20: False, 21: True, 22: None}[low], at
    if low >= 24:
        size = {24: 1, 25: 2, 26: 4, 27: 8}[low]
        value = int.from_bytes(data[at : at + size], "big")
        same(value >= (24 if size == 1 else 1 << (size * 4)), True, "shortest integer")
        at += size
    else:
        value = low
    if major == 0:
        return value, at
    if major == 1:
        return -1 - value, at
    if major in (2, 3):
        raw = data[at : at + value]
        same(len(raw), value, "length of a string")
        return (raw if major == 2 else raw.decode()), at + value
    same(major, 4, "kind of item")
    items = []
    for _ in range(value):
        one, at = item(data, at)
        items.append(one)
    return items, at


def several(data):
    items, at = [], 0
    while at < len(data):
        one, at = item(data, at)
        items.append(one)
    return items


def read(data):
    (one,) = several(data)
    return one


def head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    size = next(size for size in (1, 2, 4, 8) if value < 1 << 8 * size)
    return bytes([major << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[size]]) + value.to_bytes(size, "big")


def write(value):
    if value is None or isinstance(value, bool):
        return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, (bytes, str)):
        raw = value if isinstance(value, bytes) else value.encode()
        return head(2 if isinstance(value, bytes) else 3, len(raw)) + raw
    return head(4, len(value)) + b"".join(write(one) for one in value)


# --- seal, sign, wrap, as constructions.md draws them --------------------------------------------------------------


def fields(label, *parts):
    all_parts = [f"tern/1/{label}".encode(), *parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in all_parts)


def mac(key, *parts):
    return hmac.digest(key, b"".join(parts), "sha256")


def expand(prk, info, length=32):
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = mac(prk, block, info, bytes([count]))
        out, count = out + block, count + 1
    return out[:length]


def derive(key, salt, label, *context):
    return expand(mac(salt or ZEROS, key), fields(label, *context))


def label_of(name):
    return f"tern/1/{name}".encode()


def named(label, *parts):
    return hashlib.sha256(fields(label, *parts)).digest()


def unseal(key, label, associated, sealed):
    salt, commitment, body = sealed[:24], sealed[24:56], sealed[56:]
    same(derive(key, salt, "commit", label_of(label)), commitment, f"commitment of {label}")
    one_time = derive(key, salt, "seal", label_of(label))
    return ChaCha20Poly1305(one_time).decrypt(bytes(12), body, fields(label, associated, commitment))


def verify(key, label, realm, *parts, signature):
    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, fields(label, realm, *parts))


def x_wing(seed):
    """draft-connolly-cfrg-xwing-kem: both secret keys from a seed of 32 bytes."""
    wide = hashlib.shake_256(seed).digest(96)
    lattice = mlkem.MLKEM768PrivateKey.from_seed_bytes(wide[:64])
    curve = x25519.X25519PrivateKey.from_private_bytes(wide[64:])
    return lattice, curve


def x_wing_public(seed):
    lattice, curve = x_wing(seed)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def unwrap(seed, label, realm, associated, wrapped):
    """HPKE base mode, RFC 9180 sections 5.1 and 5.2, with X-Wing as its KEM (0x647a)."""
    encapsulated, body = wrapped[:1120], wrapped[1120:]
    lattice, curve = x_wing(seed)
    theirs = x25519.X25519PublicKey.from_public_bytes(encapsulated[1088:])
    parts = lattice.decapsulate(encapsulated[:1088]) + curve.exchange(theirs) + encapsulated[1088:]
    shared = hashlib.sha3_256(parts + curve.public_key().public_bytes_raw() + unhex("5c2e2f2f5e5c")).digest()
    suite = b"HPKE" + unhex("647a00010003")

    def labelled_extract(salt, name, ikm):
        return mac(salt or ZEROS, b"HPKE-v1", suite, name, ikm)

    def labelled_expand(prk, name, info, length):
        return expand(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite + name + info, length)

    context = b"\0" + labelled_extract(b"", b"psk_id_hash", b"")
    context += labelled_extract(b"", b"info_hash", fields(label, realm))
    secret = labelled_extract(shared, b"secret", b"")
    key = labelled_expand(secret, b"key", context, 32)
    return ChaCha20Poly1305(key).decrypt(labelled_expand(secret, b"base_nonce", context, 12), body, associated)


def argon2id(secret, salt, memory, passes, lanes):
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(secret)


def xor(one, other):
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


# --- one function a vector -----------------------------------------------------------------------------------------


def seal_vector(v):
    same(unseal(v["key"], v["label"].removeprefix("tern/1/"), v["associated"], v["sealed"]), v["plain"], "plain")


def wrap_vector(v):
    same(x_wing_public(v["seed"]), v["public"], "public key")
    label = v["label"].removeprefix("tern/1/")
    same(unwrap(v["seed"], label, v["realm"], v["associated"], v["wrapped"]), v["key"], "wrapped key")


def blob_vector(v):
    same(unseal(v["key"], "blob", b"", v["blob"]), v["plain"], "plain")
    same(hashlib.sha256(v["blob"]).digest(), v["id"], "id")


def intent_vector(v):
    same(named("document", v["realm"], v["record"], b"\0")[:16], v["document"], "document")
    same(write(read(v["intent"])), v["intent"], "spelling")
    same(named("intent", v["realm"], v["document"], v["seat"], v["intent"]), v["id"], "id")


def entry_of(signed, realm, key):
    entry, signature = read(signed)
    verify(key, "roster-signature", realm, entry, signature=signature)
    version, kind, its_realm, deps, author, body = read(entry)
    same((version, its_realm), (1, realm), "version and realm")
    return named("roster-entry", entry), kind, deps, author, read(body)


def roster_vector(v):
    entry_id, kind, _, author, body = entry_of(v["signed"], v["realm"], v["root"])
    same((entry_id, author), (v["id"], b""), "id and author")
    if kind == 0:
        practice, root, nonce = body
        same(named("realm", bytes([practice]), root, nonce), v["realm"], "realm")
        same(root, v["root"], "root")
    elif kind == 1:
        seat, _, device, key, wrap, _, _, names = body
        same(seat_of(device, key, wrap), seat, "seat")
        same(read(unseal(v["realm_key"], "roster-name", v["realm"] + seat, names)), ["Leila Noori", "Tablet 7"], "names")
    else:
        nonce, holds, at_site, _, first = body
        same((kind, holds, at_site), (2, 0, False), "scope")
        epoch_key(first, v["realm_key"], named("scope-id", v["realm"], author, nonce, bytes([holds]))[:16])


def seat_of(device, key, wrap):
    return named("seat-id", device, key, wrap)[:16]


def epoch_key(said, key, scope):
    commitment, intake, readers = said
    same(derive(key, ZEROS, "epoch-commit", scope), commitment, "commitment")
    same(x_wing_public(derive(key, ZEROS, "intake", scope)), intake, "intake key")
    same(readers, sorted(set(readers)), "order of readers")
    return readers


def epoch_vector(v):
    entries, ((epoch, seat, wrap),) = read(v["roster"])
    begun, kind, _, _, body = entry_of(entries[0], v["realm"], v["by"])
    scope, said, ((earlier, sealed),) = body
    same((kind, epoch, seat in epoch_key(said, v["key"], scope)), (10, begun[:16], False), "epoch")
    same(unseal(v["key"], "epoch-earlier", scope + earlier, sealed), v["earlier"], "earlier key")
    _, kind, deps, _, granted = entry_of(entries[1], v["realm"], v["by"])
    same((kind, deps, granted), (3, [begun], [scope, epoch, [v["seat"]]]), "grant")
    same((seat, unwrap(v["seed"], "epoch-wrap", v["realm"], scope, wrap)), (v["seat"], v["key"]), "granted key")


def padme(length):
    exponent = length.bit_length() - 1
    mask = (1 << exponent - exponent.bit_length()) - 1
    return length + mask & ~mask


def spelled_out(ids, words):
    """A section with every id in its place: record, compartment, intents as intent.md draws them, but for deps by index."""
    known, at = [], 0

    def take(size):
        nonlocal at
        at += size
        same(at <= len(ids), True, "ids")
        return ids[at - size : at]

    def refer(number):
        if number == len(known):
            known.append(take(16))
        return known[number]

    def value(said):
        return long_text(refer(said[0])) if isinstance(said, list) else said

    def entries(said):
        puts, said = [], iter(said)
        for one in said:
            if isinstance(one, str):
                puts.append([one, value(next(said))])
                continue
            row, *fields = one[1:]
            row = row if isinstance(row, str) else long_text(refer(row))
            puts += [[f"{one[0]}/{row}/{field}", value(it)] for field, it in zip(fields[::2], fields[1::2])]
        same(puts, sorted(puts, key=lambda put: put[0].encode()), "order of puts")
        return puts

    record = refer(0)
    compartment, intents = words
    out = []
    for *start, deps, puts in intents:
        deps = [take(32) if dep is None else dep for dep in deps]
        out.append([*start, deps, entries(puts)])
    same(at, len(ids), "ids that nothing speaks of")
    return record, compartment, out


def long_text(raw):
    """Crockford base 32, 26 characters; two zero bits fill the last."""
    bits = int.from_bytes(raw, "big") << 2
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> shift & 31] for shift in range(125, -1, -5))


def sections_of(envelope, realm, verify_key, key_of):
    header, signature, parts = read(envelope)
    verify(verify_key, "envelope-signature", realm, header, signature=signature)
    version, suite, kind, place, salt, commitment, count, root, wrap = read(header)
    same((version, suite, count, bool(kind)), (1, 1, len(parts), wrap != b""), "header")
    hashes = [part[0] if isinstance(part, list) else named("section-hash", part) for part in parts]
    same(named("section-hash", *hashes), root, "root of the sections")
    key = key_of(write(place), wrap)
    bound = write(place) + write(wrap)
    same(derive(key, salt, "envelope-commit", bound), commitment, "commitment")
    out = []
    for at, part in enumerate(parts):
        if isinstance(part, bytes):
            one_time = derive(key, salt, "section-body", at.to_bytes(8, "big"))
            packed = ChaCha20Poly1305(one_time).decrypt(bytes(12), part, bound)
            ids, end = item(packed, 0)
            words, end = item(packed, end)
            same(packed[end:].strip(b"\0"), b"", "padding")
            same(len(packed), padme(end), "padded length")
            unpacked = zstandard.ZstdDecompressor(dict_data=DICTIONARY).decompress(words)
            out.append(spelled_out(ids, read(unpacked)))
    return named("envelope-id", header), out


def envelope_vector(v):
    for envelope, count in (("envelope", 1), ("erased", 0)):
        got, sections = sections_of(v[envelope], v["realm"], v["verify_key"], lambda *_: v["epoch_key"])
        same((got, len(sections)), (v["id"], count), envelope)
        for _, _, (first, second) in sections:
            same(second[6], [0], "what the second had seen")
            of_its_own = json.loads((HERE / "intent-first.json").read_text())
            same(write(first), unhex(of_its_own["intent"]), "an intent spelled out")


def drop_vector(v):
    intake = derive(v["epoch_key"], ZEROS, "intake", v["scope"])
    key_of = lambda place, wrap: unwrap(intake, "drop-wrap", v["realm"], place, wrap)
    got, ((record, compartment, intents),) = sections_of(v["envelope"], v["realm"], v["verify_key"], key_of)
    same((got, compartment, len(intents)), (v["id"], 1, 1), "drop")


def slots_of(file):
    version, body, checksum = read(file)
    same((version, named("slot-file", body)), (1, checksum), "slot file")
    realm, practice, device, slots = several(body)
    return realm, practice, device, slots


def public_part(realm, practice, device, slot):
    number, rescue, seat, tag, cost, salt, *_ = slot
    return write([realm, practice, device, number, rescue, seat, cost, salt, tag])


def slot_vector(v):
    realm, practice, device, (slot,) = slots_of(v["file"])
    public = public_part(realm, practice, device, slot)
    *_, tag, cost, salt, master, payload, _ = slot
    keystore = v.get("keystore", ZEROS)
    same(derive(keystore, ZEROS, "keystore")[:16] if "keystore" in v else b"", tag, "keystore tag")
    key = derive(argon2id(v["secret"], salt, *cost), keystore, "slot-key", public)
    master = unseal(key, "slot-master", public, master)
    same(read(unseal(master, "slot-payload", public, payload))[0], v["vault_key"], "vault key")


def words_of(key):
    stretched = argon2id(key, label_of("check-words"), 19 * 1024, 2, 1)
    public = (HERE / "../../../crates/tern-seal/words/en.txt").read_text().split()
    eights = (int.from_bytes(stretched[at : at + 8], "big") for at in range(0, 32, 8))
    return " ".join(public[eight % len(public)] for eight in eights)


def enrolment_vector(v):
    version, realm, practice, by, secret, expires = read(v["invitation"])
    number = named("invitation", secret)[:16]
    same((version, number), (1, v["invitation_id"]), "invitation")
    said = write([1, realm, practice, by, expires])
    key = lambda label, *context: derive(secret + bytes(16), ZEROS, label, said, *context)
    *request, name, beside, proof = read(v["request"])
    same(beside, b"", "nobody beside")
    _, its_realm, invitation, device, verify_key, wrap_key = request
    seat = seat_of(device, verify_key, wrap_key)
    same((its_realm, invitation), (realm, number), "request")
    unproven = head(4, 9) + b"".join(write(one) for one in [*request, name, beside])
    same(key("invitation", unproven), proof, "proof")
    opened = unseal(key("invited-device"), "invited-device", invitation + seat, name)
    same(opened.decode(), v["name"], "name of the device")
    same(words_of(key("check-words", v["request"])), v["words"], "four words")
    same(named("request", v["request"]), v["request_id"], "id of the request")
    beside = read(v["beside_request"])[7]
    verify(v["beside_key"], "beside-request", realm, number + seat, signature=beside[16:])
    same(beside[:16], by, "who works beside")
    version, body, signature = read(v["admission"])
    answers, its_realm, its_by, _, (entries, ((_, to, wrap),)) = read(body)
    same((version, answers, its_realm, its_by), (1, v["request_id"], realm, by), "admission")
    _, _, _, _, genesis = entry_of(entries[0], realm, v["root"])
    same(named("realm", bytes([genesis[0]]), genesis[1], genesis[2]), realm, "realm")
    _, _, _, _, coordinator = entry_of(entries[1], realm, v["root"])
    same(coordinator[0], by, "who admits")
    verify(coordinator[3], "admission-signature", realm, body, signature=signature)
    _, _, _, author, mine = entry_of(entries[2], realm, coordinator[3])
    same((author, mine[0], mine[2], mine[3], mine[4]), (by, seat, device, verify_key, wrap_key), "certificate")
    same((to, unwrap(v["seed"], "epoch-wrap", realm, v["scope"], wrap)), (seat, v["key"]), "key of the new seat")


def carried_vector(v):
    checksum = hashlib.sha256(b"\1" + v["piece"]).digest()[:8]
    first, *lines, last = v["text"].splitlines()
    plain = lambda text: base64.b64decode(text + "=" * (-len(text) % 4))
    same((first, plain(last.removeprefix("= "))), ("TERN REQUEST", checksum), "head and checksum")
    same(plain("".join(lines)), v["piece"], "text")
    parts = [read(unhex(part)) for part in v["parts"].split()]
    same([part[:5] for part in parts], [[1, 1, checksum, at, len(parts)] for at in range(len(parts))], "parts")
    same(b"".join(part[5] for part in parts), v["piece"], "parts together")


def approved(v, names, ask):
    """What each approval holds: {(place, coordinator's seat): half or key}."""
    _, _, realm, _, _, _, _, to, _ = read(ask)
    same(x_wing_public(v["to_seed"]), to, "one-time key")
    number, held = named("ask", ask), {}
    for name in names:
        _, its_ask, by, shares = read(v[name])
        same(its_ask, number, "approved ask")
        for place, wrap in shares:
            associated = number + by + place.to_bytes(8, "big")
            held[place, by] = unwrap(v["to_seed"], "approval", realm, associated, wrap)
    return held


def recovery_vector(v):
    slot_vector(v)
    _, kind, realm, practice, device, seat, number, _, pairs = read(v["ask"])
    same((kind, named("ask", v["ask"])), (0, v["ask_id"]), "ask")
    same(words_of(named("check-words", v["ask_id"])), v["words"], "four words")
    held = approved(v, ["approval_41", "approval_43"], v["ask"])
    for place, pair in enumerate(pairs):
        for by, wrap in pair:
            seed = v.get(f"seed_{by[0]}")
            if seed:
                half = unwrap(seed, "half-of-slot", realm, device + number + seat + by, wrap)
                same(half, held[place, by], "half")
    place, (one, other) = next((at, p) for at, p in enumerate(pairs) if {p[0][0][0], p[1][0][0]} == {41, 43})
    master = xor(held[place, one[0]], held[place, other[0]])
    _, _, _, (slot,) = slots_of(v["file"])
    public = public_part(realm, practice, device, slot)
    same(read(unseal(master, "slot-payload", public, slot[7]))[0], v["vault_key"], "vault key")


def travel_vector(v):
    version, realm, practice, device, sealed, wraps = read(v["travel"])
    _, kind, _, _, _, seat, slot, _, asked = read(v["ask"])
    same((version, kind, seat + slot, asked), (1, 1, ZEROS, wraps), "ask of a travelling device")
    ((place, by),) = held = approved(v, ["approval_42"], v["ask"])
    key = unwrap(v["seed_42"], "key-of-travel", realm, device + by, wraps[place][1])
    same(held[place, by], key, "approved key")
    same(unseal(key, "travel-slots", write([realm, practice, device]), sealed), v["file"], "slot file")


CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def number(text):
    bits = "".join(f"{CROCKFORD.index(c):05b}" for c in text)
    return int(bits[:128], 2).to_bytes(16, "big")


def line_vector(v):
    same(number(v["text"][:26]) + number(v["text"][26:]), v["public"], "key of an address")
    same(v["handshake"][:73], b" " * 64 + b"TLS 1.3, ", "what TLS signs")
    ed25519.Ed25519PublicKey.from_public_bytes(v["public"]).verify(v["signature"], v["handshake"])


def sheet_vector(v):
    def two(*parts):
        bits = f"{int.from_bytes(named('recovery-sheet', *parts), 'big'):0256b}"
        return CROCKFORD[int(bits[:5], 2)] + CROCKFORD[int(bits[5:10], 2)]

    halves = []
    for page in (v["one"].replace("-", ""), v["two"].replace("-", "")):
        half = number(page[:26]) + number(page[26:52])
        same(page[54:], two(half, page[52:54].encode()), "check of a page")
        halves.append((half, page[52:54]))
    whole = xor(halves[0][0], halves[1][0])
    same([mark for _, mark in halves], [two(whole)] * 2, "mark of the sheet")
    same(derive(whole, ZEROS, "recovery-sheet", v["realm"], b"sign"), v["signing_seed"], "signing seed")
    same(derive(whole, ZEROS, "recovery-sheet", v["realm"], b"wrap"), v["wrap_seed"], "wrap seed")


def frames_of(body):
    """Frames with how many bytes stand before each."""
    out, at = [], 0
    while at < len(body):
        frame, end = item(body, at)
        out.append((at, frame))
        at = end
    return out


def known_by_digest(realm, heads, held):
    logs = {}
    for log, seq, name in held:
        logs[log] = max(logs.get(log, (-1, b"")), (seq, name))
    # Nothing is missing and nobody forked: each log has one end, and none that stand loose.
    said = write(sorted(heads)) + write([[log, [[*tip], []]] for log, tip in sorted(logs.items())])
    return named("sync-digest", realm, said)


def place_of(envelope):
    header, *_ = read(envelope)
    *_, place, _, _, _, _, _ = read(header)
    return place[2], place[3], named("envelope-id", header)


def sync_vector(v):
    requests, replies = ([unhex(body) for body in v[name].split()] for name in ("requests", "replies"))
    heads, held, blobs = set(), set(), {}
    for request, reply in zip(requests, replies, strict=True):
        asked, told = frames_of(request), frames_of(reply)
        hello = asked[0][1]
        same((hello[0], hello[1], hello[2]), (0, 1, v["seat"]), "who asks")
        (end, signed), (told_end, told_signed) = asked[-1], told[-1]
        verify(v["key"], "sync-request", v["realm"], v["hub"], request[:end], signature=signed[1])
        verify(v["hub"], "sync-reply", v["realm"], hello[3], hello[4], reply[:told_end], signature=told_signed[1])
        for _, frame in asked + told:
            if frame[0] == 1:
                heads.update(frame[1])
            if frame[0] == 6:
                held.add(place_of(frame[1]))
            if frame[0] == 15:
                (name, _, size), start, piece = frame[1:]
                same((start, len(piece), hashlib.sha256(piece).digest()), (0, size, name), "blob")
                blobs[name] = piece
    same((len(held), len(blobs)), (3, 1), "what travelled")
    same(hello[4], known_by_digest(v["realm"], heads, held), "digest of what both hold")
    same([8] in [frame for _, frame in told], True, "both hold the same")


def file_vector(v):
    chain, held, blobs = ZEROS, 0, 0
    *parts, last = several(v["file"])
    for part in parts:
        chain = named("sync-file", chain, part)
        frame = read(part)
        held += frame[0] == 6
        blobs += frame[0] == 15
    same(read(parts[0]), [16, 1, v["realm"], v["seat"]], "who wrote it")
    code, signature = read(last)
    same((code, held, blobs), (12, 2, 1), "what is in it")
    verify(v["key"], "sync-file", v["realm"], chain, signature=signature)


def moved_vector(v):
    same(named("moved-row", v["realm"], v["list"].encode(), v["row"].encode())[:16], v["id"], "row there")


CHECKS = {
    "blob": blob_vector,
    "carried": carried_vector,
    "drop": drop_vector,
    "enrolment": enrolment_vector,
    "envelope": envelope_vector,
    "intent-first": intent_vector,
    "intent-second": intent_vector,
    "file": file_vector,
    "line": line_vector,
    "moved": moved_vector,
    "recovery": recovery_vector,
    "roster-epoch": epoch_vector,
    "roster-genesis": roster_vector,
    "roster-scope": roster_vector,
    "roster-seat": roster_vector,
    "seal": seal_vector,
    "sheet": sheet_vector,
    "slot": slot_vector,
    "sync": sync_vector,
    "travel": travel_vector,
    "wrap": wrap_vector,
}
TEXTS = {"label", "name", "words", "text", "parts", "one", "two", "requests", "replies", "list", "row"}


def main(vectors=HERE):
    vectors = pathlib.Path(vectors)
    there = {file.stem for file in vectors.glob("*.json")}
    same(there, set(CHECKS), f"vectors and checks: {sorted(there ^ set(CHECKS))}")
    for name, check in CHECKS.items():
        raw = json.loads((vectors / f"{name}.json").read_text())
        same(raw.pop("format"), 1, "format")
        vector = {key: value if key in TEXTS else unhex(value) for key, value in raw.items()}
        try:
            check(vector)
        except Exception as error:
            raise SystemExit(f"{name}: {error!r}")
    print(f"{len(CHECKS)} vectors hold")


if __name__ == "__main__":
    main(*sys.argv[1:])
