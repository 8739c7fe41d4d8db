#!/usr/bin/env python3
"""Checks a dossier of the Aigaq record. Python 3.8 or later, standard library only, no network.

    python3 verify.py DOSSIER.zip            the list of checks, for people
    python3 verify.py DOSSIER.zip --json     the same for programs
    python3 verify.py                        checks the unzipped folder in which this file lies

Exit status: 0 everything held, 1 something is broken, 3 something could not be checked, 2 wrong use.

The rules are those of spec/dossier.md, section by section; this file shares no code with the program that made the dossier.
"""
import base64
import datetime
import hashlib
import json
import os
import re
import struct
import sys
import zlib

HELD, BROKEN, UNKNOWN = "held", "broken", "could-not-check"


class Refused(Exception):
    """What a stranger's file can cause; the text becomes the reason of a check."""


# --- spec/dossier.md section 2: the container ---------------------------------------------------------------------

FILES_MAX = 65_534
BYTES_MAX = 1 << 30
NAME_MAX = 255


def read_zip(blob):
    """Every file of the archive, by its full name. Refuses what two readers could read in two ways."""
    end = -1
    for at in range(len(blob) - 22, max(-1, len(blob) - 22 - 65536), -1):
        if blob[at:at + 4] == b"PK\x05\x06" and at + 22 + struct.unpack_from("<H", blob, at + 20)[0] == len(blob):
            end = at
            break
    if end < 0:
        raise Refused("not a zip archive")
    disk, start_disk, here, count, size, offset = struct.unpack_from("<HHHHII", blob, end + 4)
    if disk or start_disk or here != count or count == 0xFFFF or offset + size != end:
        raise Refused("the directory of the archive does not fit")
    if count > FILES_MAX:
        raise Refused("too many files")
    files, seen, spans, total, at = {}, set(), [], 0, offset
    for _ in range(count):
        if at + 46 > end or blob[at:at + 4] != b"PK\x01\x02":
            raise Refused("the directory of the archive is damaged")
        flags, method = struct.unpack_from("<HH", blob, at + 8)
        crc, packed, plain, name_len, extra_len, note_len, disk = struct.unpack_from("<IIIHHHH", blob, at + 16)
        local = struct.unpack_from("<I", blob, at + 42)[0]
        name = blob[at + 46:at + 46 + name_len]
        at += 46 + name_len + extra_len + note_len
        if at > end:
            raise Refused("the directory of the archive is damaged")
        if flags & 0x2041 or disk or method not in (0, 8):
            raise Refused("a file is packed in a way that is not accepted")
        if len(name) > NAME_MAX or not re.fullmatch(rb"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?", name):
            raise Refused("a file has a name that is not accepted")
        name = name.decode("ascii")
        if any(set(part) == {"."} for part in name.rstrip("/").split("/")):
            raise Refused("a file has a name that is not accepted")
        if name.lower().rstrip("/") in seen:
            raise Refused("two files have one name")
        seen.add(name.lower().rstrip("/"))
        total += plain
        if total > BYTES_MAX or packed > plain + (plain >> 3) + 64 or (method == 0 and packed != plain):
            raise Refused("the archive claims impossible sizes")
        if local + 30 > offset or blob[local:local + 4] != b"PK\x03\x04":
            raise Refused("a file of the archive is not where it should be")
        local_method, local_name, local_extra = struct.unpack_from("<H", blob, local + 8) + struct.unpack_from("<HH", blob, local + 26)
        begin = local + 30 + local_name + local_extra
        if local_method != method or blob[local + 30:local + 30 + local_name] != name.encode() or begin + packed > offset:
            raise Refused("a file of the archive is not where it should be")
        spans.append((local, begin + packed))
        body = blob[begin:begin + packed]
        if method == 8:
            inflater = zlib.decompressobj(-15)
            try:
                body = inflater.decompress(body, plain + 1)
            except zlib.error:
                raise Refused("a file of the archive is damaged")
            if not inflater.eof:
                raise Refused("a file of the archive is damaged")
        if len(body) != plain or zlib.crc32(body) != crc:
            raise Refused("a file of the archive is damaged")
        if name.endswith("/"):
            if plain:
                raise Refused("a file has a name that is not accepted")
            continue
        files[name] = body
    if at != end:
        raise Refused("the directory of the archive is damaged")
    spans.sort()
    for (_, before), (after, _) in zip(spans, spans[1:]):
        if after < before:
            raise Refused("files of the archive overlap")
    return one_top(files)


def one_top(files):
    tops = {name.split("/", 1)[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        raise Refused("the archive must hold one folder")
    cut = len(tops.pop()) + 1
    return {name[cut:]: body for name, body in files.items()}


def read_folder(root):
    files, total = {}, 0
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            total += os.path.getsize(path)
            if total > BYTES_MAX or len(files) > FILES_MAX:
                raise Refused("the folder is too large")
            with open(path, "rb") as handle:
                files[os.path.relpath(path, root).replace(os.sep, "/")] = handle.read()
    return files


# --- the list of checks -------------------------------------------------------------------------------------------

SHOWN_MAX = 50


class Check:
    """One code of the list. All held: one line with the number of subjects. Otherwise a line for each subject that is not."""

    def __init__(self, code, unit):
        self.code, self.unit, self.held, self.bad, self.note = code, unit, 0, [], ""

    def ok(self, count=1):
        self.held += count

    def broken(self, subject, reason):
        self.bad.append((str(subject), BROKEN, reason))

    def unknown(self, reason, subject=""):
        self.bad.append((str(subject), UNKNOWN, reason))

    @property
    def good(self):
        return not self.bad

    def lines(self):
        if not self.bad:
            return [dict(code=self.code, subject=("%d %s" % (self.held, self.unit)).strip() if self.unit else "", verdict=HELD, reason=self.note)]
        shown = [dict(code=self.code, subject=s, verdict=v, reason=r) for s, v, r in self.bad[:SHOWN_MAX]]
        rest = self.bad[SHOWN_MAX:]
        if rest:
            verdict = BROKEN if any(v == BROKEN for _, v, _ in rest) else UNKNOWN
            shown.append(dict(code=self.code, subject="%d more" % len(rest), verdict=verdict, reason="not listed one by one"))
        return shown


# --- section 3: the bag -------------------------------------------------------------------------------------------

LANGS = ("kk", "ru", "en")
FIXED = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "README.txt", "verify.html", "verify.py",
         "data/checkpoint", "data/policy.txt", "data/statement.json") + tuple("data/statement.%s.html" % lang for lang in LANGS)
BY_INDEX = re.compile(r"data/(?:entries/[0-9]{8}\.jwt|disclosures/[0-9]{8}\.json|proofs/[0-9]{8}\.tlog-proof)\Z")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST_LINE = re.compile(rb"([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,255})\n")


def manifest(body):
    """path -> digest; refuses anything but `digest, two spaces, path` lines in the order of their paths."""
    found, at, last = {}, 0, ""
    while at < len(body):
        line = MANIFEST_LINE.match(body, at)
        if not line:
            raise Refused("line %d is not a digest and a path" % (len(found) + 1))
        path = line.group(2).decode("ascii")
        if path <= last:
            raise Refused("line %d is out of order" % (len(found) + 1))
        found[path], last, at = line.group(1).decode("ascii"), path, line.end()
    return found


def check_bag(files, form, present, digests):
    lists = {}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        try:
            lists[name] = manifest(files[name]) if name in files else None
        except Refused as why:
            form.broken(name, str(why))
            lists[name] = None
        else:
            form.ok()
    if files.get("bagit.txt") == BAGIT:
        form.ok()
    else:
        form.broken("bagit.txt", "not the two lines of BagIt 1.0")
    payload = sorted(name for name in files if name.startswith("data/"))
    octets = sum(len(files[name]) for name in payload)
    info = re.fullmatch(rb"Bagging-Date: [0-9]{4}-[0-9]{2}-[0-9]{2}\nBag-Software-Agent: aigaq\nPayload-Oxum: ([0-9]+\.[0-9]+)\n", files.get("bag-info.txt", b""))
    if info and info.group(1).decode() == "%d.%d" % (octets, len(payload)):
        form.ok()
    else:
        form.broken("bag-info.txt", "not the three lines that fit the payload")

    wrong = {}
    for name in files:
        if name not in FIXED and not BY_INDEX.match(name):
            wrong[name] = "does not belong here"
        elif name.startswith("data/disclosures/") and "data/entries/%s.jwt" % name[17:25] not in files:
            wrong[name] = "opens an entry that is not here"
        elif name.startswith("data/entries/") and "data/proofs/%s.tlog-proof" % name[13:21] not in files:
            wrong["data/proofs/%s.tlog-proof" % name[13:21]] = "missing"
        elif name.startswith("data/proofs/") and "data/entries/%s.jwt" % name[12:20] not in files:
            wrong[name] = "proves an entry that is not here"
    for name in FIXED:
        if name not in files:
            wrong[name] = "missing"
    tags = {name for name in files if not name.startswith("data/") and name != "tagmanifest-sha256.txt"}
    for which, expected in (("manifest-sha256.txt", set(payload)), ("tagmanifest-sha256.txt", tags)):
        if lists[which] is not None:
            for name in expected ^ set(lists[which]):
                wrong.setdefault(name, "listed in %s, missing here" % which if name in lists[which] else "not listed in %s" % which)
    for name in sorted(wrong):
        present.broken(name, wrong[name])
    present.ok(len(files) - sum(1 for name in wrong if name in files))

    if any(found is None for found in lists.values()):
        digests.unknown("a list of digests cannot be read")
        return
    for name, digest in sorted(list(lists["manifest-sha256.txt"].items()) + list(lists["tagmanifest-sha256.txt"].items())):
        if name in files:
            if hashlib.sha256(files[name]).hexdigest() == digest:
                digests.ok()
            else:
                digests.broken(name, "its SHA-256 is not the listed one")


# --- Ed25519, RFC 8032, strict (spec/entry.md) --------------------------------------------------------------------

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
SMALL_ORDER = {bytes.fromhex(text) for text in (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")}


def decompress(code):
    """The affine point, or None when the 32 bytes are not the one encoding of a point."""
    y = int.from_bytes(code, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == (-u) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y)


def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    k, m, n, o = f - e, h - g, h + g, f + e
    return (k * m % P, n * o % P, m * n % P, k * o % P)


def comb(x, y):
    """The multiples 1..15 of 16**i times a point, i = 0..63, as (y+x, y-x, 2dxy): a product is then 64 additions."""
    point, rows = (x, y, 1, x * y % P), []
    for _ in range(64):
        row = [point]
        for _ in range(14):
            row.append(add(row[-1], point))
        rows += row
        point = add(row[-1], point)
    # One inversion for all of them.
    running, products = 1, []
    for row in rows:
        products.append(running)
        running = running * row[2] % P
    inverse = pow(running, P - 2, P)
    out = [None] * len(rows)
    for at in range(len(rows) - 1, -1, -1):
        x1, y1, z1, _ = rows[at]
        z = inverse * products[at] % P
        inverse = inverse * z1 % P
        ax, ay = x1 * z % P, y1 * z % P
        out[at] = ((ay + ax) % P, (ay - ax) % P, 2 * D * ax * ay % P)
    return [out[at:at + 15] for at in range(0, len(out), 15)]


def add_multiple(point, table, scalar):
    x1, y1, z1, t1 = point
    for row in table:
        digit = scalar & 15
        scalar >>= 4
        if digit:
            plus, minus, td = row[digit - 1]
            e, f = (y1 - x1) * minus % P, (y1 + x1) * plus % P
            g, h = t1 * td % P, 2 * z1
            k, m, n, o = f - e, h - g, h + g, f + e
            x1, y1, z1, t1 = k * m % P, n * o % P, m * n % P, k * o % P
    return x1, y1, z1, t1


def base_point():
    y = 4 * pow(5, P - 2, P) % P
    return decompress(y.to_bytes(32, "little"))


TABLES = {}


def table_of(public_key):
    """The comb of minus the key, or None for a key that some library would treat differently (small or mixed order)."""
    if public_key not in TABLES:
        if len(TABLES) > 4096:
            TABLES.clear()
        point = None if public_key in SMALL_ORDER or len(public_key) != 32 else decompress(public_key)
        table = None
        if point is not None:
            table = comb(P - point[0], point[1])
            x, y, z, _ = add_multiple((0, 1, 1, 0), table, L)
            if x % P or (y - z) % P:
                table = None
        TABLES[public_key] = table
    return TABLES[public_key]


BASE = comb(*base_point())
VERIFIED = {}


def verify_ed25519(public_key, message, signature):
    table = table_of(public_key)
    if table is None or len(signature) != 64 or signature[:32] in SMALL_ORDER:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    memo = digest + signature
    if memo not in VERIFIED:
        k = int.from_bytes(digest, "little") % L
        x, y, z, _ = add_multiple(add_multiple((0, 1, 1, 0), BASE, s), table, k)
        inverse = pow(z, P - 2, P)
        x, y = x * inverse % P, y * inverse % P
        if len(VERIFIED) > 200_000:
            VERIFIED.clear()
        VERIFIED[memo] = (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]
    return VERIFIED[memo]


# --- strict texts -------------------------------------------------------------------------------------------------

def from_base64(text):
    """RFC 4648 section 4 with padding, the one canonical form."""
    try:
        raw = base64.b64decode(text, validate=True)
    except Exception:
        raise Refused("not base64")
    if base64.b64encode(raw).decode("ascii") != text:
        raise Refused("not canonical base64")
    return raw


def from_base64url(text):
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        raise Refused("not base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(raw) != text:
        raise Refused("not canonical base64url")
    return raw


def to_base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def digest32(text):
    if not isinstance(text, str) or len(text) != 43:
        raise Refused("not a digest")
    return from_base64url(text)


def refuse_number(_):
    raise Refused("a number that is not an integer")


def small_int(text):
    value = int(text) if len(text) < 20 else 1 << 60
    if abs(value) > 9007199254740991:
        raise Refused("an integer beyond 2^53")
    return value


DECODER = json.JSONDecoder(parse_float=refuse_number, parse_constant=refuse_number, parse_int=small_int)


def strict_json(text, indent=None):
    """The value, if `text` is exactly what JSON.stringify writes for it: one meaning in every parser."""
    try:
        value = DECODER.decode(text)
        again = json.dumps(value, ensure_ascii=False, separators=(",", ":") if indent is None else (",", ": "), indent=indent)
    except Refused:
        raise
    except (ValueError, RecursionError):
        raise Refused("not JSON")
    if again != text:
        raise Refused("not canonical JSON")
    return value


def utf8(body):
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not UTF-8")


# --- section 4: policy and checkpoint -----------------------------------------------------------------------------

NAME = r"[!-*,-~]{1,255}"  # printable ASCII without space and plus


def parse_vkey(text, kind):
    parts = text.split("+", 2)
    if len(parts) != 3 or not re.fullmatch(NAME, parts[0]) or not re.fullmatch(r"[0-9a-f]{8}", parts[1]):
        raise Refused("not a verifier key")
    raw = from_base64(parts[2])
    if len(raw) != 33 or raw[0] != kind:
        raise Refused("not a verifier key of the kind that belongs here")
    key_id = hashlib.sha256(parts[0].encode() + b"\n" + raw).digest()[:4]
    if key_id.hex() != parts[1]:
        raise Refused("the id of a verifier key does not fit it")
    if table_of(raw[1:]) is None:
        raise Refused("a verifier key that must not be trusted")
    return dict(name=parts[0], id=key_id, key=raw[1:])


def parse_policy(body):
    """The canonical form only: one log, then witnesses, then groups, then the quorum; single spaces, no comments, no addresses."""
    need(re.fullmatch(rb"(?:[!-~]+(?: [!-~]+)*\n)+", body), "not the lines of a policy")
    lines = body.decode("ascii")[:-1].split("\n")
    need(len(lines) <= 4096, "too long")
    log, witnesses, groups, members_seen, quorum, phase = None, {}, {}, set(), None, 0
    for line in lines:
        words = line.split(" ")
        kind = {"log": 0, "witness": 1, "group": 2, "quorum": 3}.get(words[0], -1)
        need(kind >= phase and quorum is None and (kind == 0) == (log is None), "a line of the policy is not accepted")
        phase = kind
        if kind == 0:
            need(len(words) == 2, "a line of the policy is not accepted")
            log = parse_vkey(words[1], 1)
            log["text"] = words[1]
        elif kind == 1:
            need(len(words) == 3 and words[1] != "none" and words[1] not in witnesses, "a line of the policy is not accepted")
            key = parse_vkey(words[2], 4)
            need(all(key["key"] != other["key"] for other in witnesses.values()), "two witnesses have one key")
            witnesses[words[1]] = key
        elif kind == 2:
            need(len(words) > 3, "a line of the policy is not accepted")
            name, members = words[1], words[3:]
            need(re.fullmatch(r"[1-9][0-9]{0,5}", words[2]) and int(words[2]) <= len(members), "a group asks for what it cannot have")
            for member in members:
                need(member in witnesses or member in groups, "a group names what is not defined")
                need(member not in members_seen, "a name is a member twice")
                members_seen.add(member)
            need(name != "none" and name not in witnesses and name not in groups, "a name is defined twice")
            groups[name] = (int(words[2]), members)
        else:
            need(len(words) == 2 and (words[1] == "none" or words[1] in witnesses or words[1] in groups), "the quorum names what is not defined")
            quorum = words[1]
    need(log is not None and quorum is not None, "the policy has no log or no quorum")
    return dict(log=log, witnesses=witnesses, groups=groups, quorum=quorum)


def need(truth, why):
    if not truth:
        raise Refused(why)


CHECKPOINT = re.compile("%s\n(?:0|[1-9][0-9]{0,15})\n[A-Za-z0-9+/=]{1,64}\n\n(?:\u2014 %s [A-Za-z0-9+/=]{1,8192}\n){1,64}" % (NAME, NAME))


def parse_checkpoint(body):
    text = utf8(body)
    need(CHECKPOINT.fullmatch(text), "not the lines of a checkpoint")
    signed, _, tail = text.partition("\n\n")
    origin, size, root = signed.split("\n")
    root = from_base64(root)
    need(len(root) == 32 and int(size) <= 9007199254740991, "not the lines of a checkpoint")
    need(int(size) > 0 or root == hashlib.sha256(b"").digest(), "an empty log has another root")
    signatures = []
    for line in tail[:-1].split("\n"):
        _, name, raw = line.split(" ")
        raw = from_base64(raw)
        need(len(raw) >= 5, "a signature line is too short")
        signatures.append((name, raw[:4], raw[4:]))
    return dict(origin=origin, size=int(size), root=root, text=signed + "\n", signatures=signatures)


def check_checkpoint(checkpoint, policy, checks):
    """Whether the log signed it and which witnesses did. A wrong line of a known key spoils the whole checkpoint."""
    log, found, text = policy["log"], set(), checkpoint["text"]
    try:
        mine = [body for name, key_id, body in checkpoint["signatures"] if (name, key_id) == (log["name"], log["id"])]
        need(mine, "not signed by the log of the policy")
        need(all(verify_ed25519(log["key"], text.encode(), body) for body in mine), "the signature of the log is wrong")
        need(checkpoint["origin"] == log["name"], "signed for another log")
        for name, witness in policy["witnesses"].items():
            for by, key_id, body in checkpoint["signatures"]:
                if (by, key_id) == (witness["name"], witness["id"]):
                    time = int.from_bytes(body[:8], "big") if len(body) == 72 else 1 << 60
                    message = ("cosignature/v1\ntime %d\n%s" % (time, text)).encode()
                    need(time <= 9007199254740991 and verify_ed25519(witness["key"], message, body[8:]), "the signature of a witness is wrong")
                    found.add(name)
    except Refused as why:
        checks["checkpoint.signature"].broken("", str(why))
        return None
    checks["checkpoint.signature"].ok()
    quorum = checks["policy.quorum"]
    met = set(found)
    for name, (count, members) in policy["groups"].items():
        if sum(1 for member in members if member in met) >= count:
            met.add(name)
    if policy["quorum"] == "none":
        quorum.note = "not witnessed"
    elif policy["quorum"] in met:
        quorum.note = "witnessed"
    else:
        quorum.broken("", "fewer witnesses have signed than the policy asks for")
    return sorted(found)


# --- section 5: inclusion -----------------------------------------------------------------------------------------

def leaf_hash(jwt_hash):
    return hashlib.sha256(b"\x00\x01" + jwt_hash).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(index, size, leaf, path, root):
    """RFC 6962 as spec/log.md states it."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def check_proof(body, checkpoint_body, index, leaf, checkpoint):
    head, blank, rest = body.partition(b"\n\n")
    if not blank or rest != checkpoint_body:
        raise Refused("the proof is not for this checkpoint")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Refused("not a proof")
    if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 2 or len(lines) > 65 or lines[1] != "index %d" % index:
        raise Refused("not a proof of this entry")
    path = [from_base64(line) for line in lines[2:]]
    if any(len(hash_) != 32 for hash_ in path) or not included(index, checkpoint["size"], leaf, path, checkpoint["root"]):
        raise Refused("the entry is not in the log as it stands here")


# --- section 6: entries -------------------------------------------------------------------------------------------

DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]\Z")
TYPE = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*\Z")
STREAM = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
INTEGER_LIKE = re.compile(r"(?:0|[1-9][0-9]*)\Z")
MEMBERS = {"v", "o", "t", "i", "a", "s", "b", "pub", "items", "_sd", "_sd_alg"}
RESERVED = {"_sd", "...", "_sd_alg", "__proto__"}
EMPTY_ROOT = to_base64url(hashlib.sha256(b"").digest())


def is_digest(value):
    return isinstance(value, str) and DIGEST.match(value) is not None


def is_count(value):
    return type(value) is int and value >= 0


def check_name(name):
    need(not INTEGER_LIKE.match(name) and name not in RESERVED, "a member has a name that is not accepted")


def check_json(value, depth=4):
    if isinstance(value, (dict, list)):
        need(depth > 0, "nested too deep")
        if isinstance(value, dict):
            for name in value:
                check_name(name)
            value = value.values()
        for member in value:
            check_json(member, depth - 1)


def base64url_json(text):
    return strict_json(utf8(from_base64url(text)))


def sorted_digests(digests):
    need(isinstance(digests, list) and all(map(is_digest, digests)), "a digest is malformed")
    need(all(a < b for a, b in zip(digests, digests[1:])), "digests are out of order or repeated")
    return digests


class Entry:
    """One entry of strict form (spec/entry.md). Its signature is another question."""

    def __init__(self, index, body):
        need(len(body) <= 1048576 and re.fullmatch(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", body), "not a JWT")
        self.index, self.hash = index, hashlib.sha256(body).digest()
        self.name = to_base64url(self.hash)
        head, payload, signature = body.decode("ascii").split(".")
        header = base64url_json(head)
        need(isinstance(header, dict) and list(header) == ["alg", "kid", "typ"] and header["alg"] == "EdDSA"
             and header["typ"] == "aigaq+sd-jwt" and is_digest(header["kid"]), "the header is not accepted")
        self.kid, self.signature = header["kid"], from_base64url(signature)
        need(len(self.signature) == 64, "not a signature")
        self.signed = (head + "." + payload).encode("ascii")
        claims = base64url_json(payload)
        need(isinstance(claims, dict) and set(claims) <= MEMBERS, "a member is not known")
        need({"v", "t", "i", "a", "b", "pub", "_sd", "_sd_alg"} <= set(claims), "a member is missing")
        need(claims["v"] == 1 and type(claims["v"]) is int and claims["_sd_alg"] == "sha-256", "version or algorithm not known")
        self.type, self.at, self.pub = claims["t"], claims["i"], claims["pub"]
        need(isinstance(self.type, str) and len(self.type) <= 64 and TYPE.match(self.type), "the type is malformed")
        need(is_count(self.at), "the clock is malformed")
        self.genesis = claims.get("o")
        need("o" not in claims or is_digest(self.genesis), "the genesis hash is malformed")
        anchor = claims["a"]
        need(isinstance(anchor, dict) and set(anchor) == {"n", "r"} and is_count(anchor["n"]) and is_digest(anchor["r"])
             and (anchor["n"] > 0 or anchor["r"] == EMPTY_ROOT), "the anchor is malformed")
        self.anchor = (anchor["n"], anchor["r"])
        self.stream = None
        if "s" in claims:
            place = claims["s"]
            need(isinstance(place, dict) and is_count(place.get("q")) and isinstance(place.get("id"), str) and STREAM.match(place["id"]), "the stream is malformed")
            need(set(place) == ({"id", "q"} if place["q"] == 0 else {"id", "q", "p"}) and (place["q"] == 0 or is_digest(place["p"])), "the stream is malformed")
            self.stream = (place["id"], place["q"], place.get("p"))
        need(isinstance(claims["b"], str) and len(from_base64url(claims["b"])) == 16, "the blind is malformed")
        need(isinstance(self.pub, dict), "pub is malformed")
        check_json(self.pub)
        self.digests = sorted_digests(claims["_sd"])
        need(len(self.digests) in (4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384), "the number of digests is wrong")
        items = claims.get("items", [])
        need(isinstance(items, list) and ("items" not in claims or items) and len(items) <= 4096, "items are malformed")
        need(all(isinstance(item, dict) and list(item) == ["..."] and is_digest(item["..."]) for item in items), "items are malformed")
        self.item_digests = [item["..."] for item in items]
        need(len(set(self.digests + self.item_digests)) == len(self.digests) + len(items), "a digest occurs twice")
        self.hidden, self.items = {}, [None] * len(items)

    def open(self, disclosures):
        """spec/entry.md section 5: every disclosure has its one place, or none is believed."""
        need(len(disclosures) <= 16384, "too many disclosures")
        given = {}
        for text in disclosures:
            given[to_base64url(hashlib.sha256(text.encode("ascii")).digest())] = text
        need(len(given) == len(disclosures), "a disclosure was given twice")
        used, hidden, items = 0, {}, [None] * len(self.item_digests)
        for digest in self.digests:
            if digest in given:
                used += 1
                self.named(given[digest], hidden, MEMBERS)
        seen = None
        for at, digest in enumerate(self.item_digests):
            if digest not in given:
                continue
            used += 1
            name, value = read_disclosure(given[digest])
            need(name is None and isinstance(value, dict), "not an element")
            nested = []
            if "_sd" in value:
                nested = sorted_digests(value.pop("_sd"))
                need(nested, "an element has an empty list of digests")
                if seen is None:
                    seen = set(self.digests) | set(self.item_digests)
                need(not any(one in seen for one in nested), "a digest occurs twice")
                seen.update(nested)
            check_json(value)
            inner = {}
            for one in nested:
                if one in given:
                    used += 1
                    self.named(given[one], inner, value)
            items[at] = (value, inner)
        need(used == len(disclosures), "a disclosure fits no digest of the entry")
        self.hidden, self.items = hidden, items

    @staticmethod
    def named(text, hidden, taken):
        name, value = read_disclosure(text)
        need(name is not None, "an element stands where a field belongs")
        need(name not in taken and name not in hidden, "a disclosed name is there already")
        check_name(name)
        check_json(value)
        hidden[name] = value


def read_disclosure(text):
    need(len(text) <= 262144, "a disclosure is too large")
    parts = base64url_json(text)
    need(isinstance(parts, list) and len(parts) in (2, 3) and isinstance(parts[0], str) and re.fullmatch(r"[A-Za-z0-9_-]{24}", parts[0]), "not a disclosure")
    if len(parts) == 2:
        return None, parts[1]
    need(isinstance(parts[1], str), "not a disclosure")
    return parts[1], parts[2]


class Keys:
    """Whose keys may sign (spec/log.md, keys): a place in the log decides, never a clock."""

    def __init__(self):
        self.genesis, self.log_key, self.known, self.roots, self.ever_roots = None, None, {}, {}, set()

    def check_genesis(self, entry):
        if entry.index == 0:
            need(entry.type == "genesis" and entry.genesis is None, "the first entry of the log is not a genesis entry")
        else:
            need(entry.type != "genesis" and entry.genesis is not None, "only the first entry of a log is a genesis entry")
            need(self.genesis is not None and entry.genesis == self.genesis, "belongs to another log")

    def author(self, entry):
        if entry.type == "genesis" and entry.index == 0:
            kid, key = self.officer_of(entry)
            need(kid == entry.kid, "the genesis entry is not signed by the officer it names")
            return key
        if entry.type == "key.appoint" and self.known.get(entry.kid, {}).get("added") != entry.index:
            return self.appointed(entry)
        return self.at(entry.kid, entry.index)

    def at(self, kid, index):
        key = self.known.get(kid)
        need(key is not None, "signed by a key that the log does not name")
        need(key["added"] < index or (key["added"] == index and key["by"] is None), "signed by a key that was added only later")
        need(key["revoked"] is None or key["revoked"] > index, "signed by a key that was revoked")
        return key

    def officer_of(self, entry):
        officer = entry.pub.get("officer")
        raw = read_key(officer.get("x")) if isinstance(officer, dict) else None
        need(raw is not None and isinstance(officer.get("member"), str), "the genesis entry names no officer with a key")
        need(table_of(raw) is not None, "a key that must not be trusted")
        return thumbprint(officer["x"]), dict(key=raw, member=officer["member"], roles=["officer"], added=0, by=None, revoked=None)

    def take(self, entry):
        if entry.type == "genesis":
            need(self.genesis is None and entry.index == 0, "only the first entry of a log is a genesis entry")
            kid, key = self.officer_of(entry)
            need(isinstance(entry.pub.get("log"), str), "the genesis entry names no log key")
            self.genesis, self.log_key, self.known[kid] = entry.name, entry.pub["log"], key
            roots = entry.pub.get("roots")
            for x in roots if isinstance(roots, list) else []:
                raw = read_key(x) if isinstance(x, str) else None
                if raw is not None and table_of(raw) is not None:
                    self.roots[x] = raw
            self.ever_roots = set(self.roots)
        elif entry.type == "key.add":
            need("officer" in self.at(entry.kid, entry.index)["roles"], "only an officer may add or revoke keys")
            x, member, roles, proof = (entry.pub.get(name) for name in ("x", "member", "roles", "proof"))
            raw = read_key(x)
            need(raw is not None and isinstance(member, str) and isinstance(proof, str) and isinstance(roles, list)
                 and all(isinstance(role, str) for role in roles), "the key entry is malformed")
            need(table_of(raw) is not None, "a key that must not be trusted")
            kid = thumbprint(x)
            need(kid not in self.known, "the key was added before")
            message = "aigaq/key-proof/1\n%s\n%s" % (digest32(self.genesis).hex(), x) if self.genesis else None
            try:
                signature = from_base64url(proof)
            except Refused:
                signature = b""
            need(message is not None and verify_ed25519(raw, message.encode(), signature), "the holder of the key did not ask for it")
            self.known[kid] = dict(key=raw, member=member, roles=roles, added=entry.index, by=entry.kid, revoked=None)
        elif entry.type == "key.revoke":
            need("officer" in self.at(entry.kid, entry.index)["roles"], "only an officer may add or revoke keys")
            kid, since = entry.pub.get("kid"), entry.pub.get("from")
            need(isinstance(kid, str) and is_count(since), "the key entry is malformed")
            need(kid in self.known, "the log does not name that key")
            self.revoke(kid, since)
        elif entry.type == "key.rotate":
            need("officer" in self.at(entry.kid, entry.index)["roles"], "only an officer may write about root keys")
            self.roots = self.rotated(entry)
            self.ever_roots |= set(self.roots)
        elif entry.type == "key.appoint":
            self.known[entry.kid] = self.appointed(entry)
            for kid in entry.pub.get("ends", []):
                self.revoke(kid, entry.index)
            for kid, key in list(self.known.items()):
                if kid != entry.kid and key["member"] == entry.pub["member"]:
                    self.revoke(kid, entry.pub["from"])

    def appointed(self, entry):
        """The key that two root keys put on the record (spec/entry.md section 8)."""
        need(self.genesis is not None, "only the first entry of a log is a genesis entry")
        x, member, roles, since, reading, account, signed = (
            entry.pub.get(name) for name in ("x", "member", "roles", "from", "reading", "account", "roots"))
        lines = all(isinstance(one, str) and one and "\n" not in one for one in (x, member, reading, account))
        words = isinstance(roles, list) and all(isinstance(one, str) and re.fullmatch(r"[a-z][a-z-]{0,31}", one) for one in roles) and "officer" in roles
        need(lines and words and is_count(since) and isinstance(signed, list), "the appointment is malformed")
        need(all(is_root_signature(one) for one in signed), "the appointment is malformed")
        said, ends = [x, member, ",".join(roles), str(since), reading, account], []
        if "ends" in entry.pub:
            ends = entry.pub["ends"]
            need(isinstance(ends, list) and ends and all(isinstance(kid, str) and read_key(kid) is not None for kid in ends)
                 and all(one < two for one, two in zip(ends, ends[1:])), "the appointment is malformed")
            said.append(",".join(ends))
        message = "aigaq/key-appoint/%d\n%s\n%s" % (2 if ends else 1, digest32(self.genesis).hex(), "\n".join(said))
        check_roots(self.roots, message, signed, 2)
        raw = read_key(x)
        need(raw is not None and since <= entry.index and thumbprint(x) == entry.kid, "the appointment is not signed by the key that it names")
        need(table_of(raw) is not None, "a key that must not be trusted")
        need(entry.kid not in self.known, "the key was added before")
        need(all(kid in self.known for kid in ends), "the log does not name that key")
        return dict(key=raw, member=member, roles=roles, added=entry.index, by=None, revoked=None)

    def rotated(self, entry):
        """The root keys that two of the ones before put in their place (spec/entry.md section 8)."""
        need(self.genesis is not None, "only the first entry of a log is a genesis entry")
        new, recovery, by = (entry.pub.get(name) for name in ("roots", "recovery", "by"))
        need(all(isinstance(given, list) and all(is_root_signature(one) for one in given) for given in (new, by)), "the rotation is malformed")
        need(isinstance(recovery, str) and recovery and "\n" not in recovery, "the rotation is malformed")
        roots = {}
        for one in new:
            raw = read_key(one["x"])
            need(raw is not None and table_of(raw) is not None, "the rotation is malformed")
            need(one["x"] not in self.ever_roots, "a new root key was one before")
            roots[one["x"]] = raw
        need(3 <= len(new) <= 8, "the rotation is malformed")
        message = "aigaq/key-rotate/1\n%s\n%s\n%s" % (digest32(self.genesis).hex(), ",".join(one["x"] for one in new), recovery)
        check_roots(self.roots, message, by, 2)
        check_roots(roots, message, new, len(new))
        return roots

    def revoke(self, kid, since):
        key = self.known[kid]
        if key["revoked"] is not None and key["revoked"] <= since:
            return
        key["revoked"] = since
        for other, added in list(self.known.items()):
            if added["by"] == kid and added["added"] >= since:
                self.revoke(other, added["added"])


def is_root_signature(one):
    return isinstance(one, dict) and isinstance(one.get("x"), str) and isinstance(one.get("signature"), str)


def check_roots(roots, message, given, needed):
    """So many different keys of `roots` signed, and nobody else."""
    seen = set()
    for one in given:
        need(one["x"] in roots, "signed by a key that is no root key at this place")
        need(one["x"] not in seen, "a root key is given twice")
        try:
            signature = from_base64url(one["signature"])
        except Refused:
            signature = b""
        need(verify_ed25519(roots[one["x"]], message.encode(), signature), "a root key did not sign this")
        seen.add(one["x"])
    need(len(seen) >= needed, "too few root keys signed")


def read_key(x):
    """32 bytes in canonical base64url, or None."""
    try:
        return digest32(x)
    except Refused:
        return None


def thumbprint(x):
    return to_base64url(hashlib.sha256(('{"crv":"Ed25519","kty":"OKP","x":"%s"}' % x).encode()).digest())


def check_entries(files, names, checkpoint, log_key, checks):
    """Sections 5 and 6. Returns the entries that are in the log and of strict form, by index."""
    form, genesis, keys_check, signature, chain, anchors = (
        checks[code] for code in ("entry.form", "entry.genesis", "entry.key", "entry.signature", "stream.chain", "anchor"))
    entries, leaves = {}, {}
    for name in names:
        index, body = int(name[13:21]), files[name]
        leaf = leaf_hash(hashlib.sha256(body).digest())
        try:
            need("data/proofs/%08d.tlog-proof" % index in files, "there is no proof")
            check_proof(files["data/proofs/%08d.tlog-proof" % index], files["data/checkpoint"], index, leaf, checkpoint)
        except Refused as why:
            checks["entry.included"].broken(index, str(why))
            continue
        checks["entry.included"].ok()
        leaves[index] = leaf
        try:
            entries[index] = Entry(index, body)
            form.ok()
        except Refused as why:
            form.broken(index, str(why))
    # A stream shows a gap, but not that its last entries were left out: only all entries of the log show that.
    if len(leaves) == checkpoint["size"]:
        checks["log.whole"].ok()
    else:
        checks["log.whole"].unknown("%d of %d entries are here" % (len(leaves), checkpoint["size"]))

    keys, signed = Keys(), []
    if 0 not in entries:
        genesis.broken(0, "the first entry of the log is not here")
    for index, entry in entries.items():
        try:
            keys.check_genesis(entry)
            genesis.ok()
        except Refused as why:
            genesis.broken(index, str(why))
        try:
            key = keys.author(entry)
        except Refused as why:
            keys_check.broken(index, str(why))
            continue
        if not verify_ed25519(key["key"], entry.signed, entry.signature):
            signature.broken(index, "the signature is wrong")
            continue
        signature.ok()
        try:
            keys.take(entry)
            signed.append(entry)
        except Refused as why:
            keys_check.broken(index, str(why))
    if keys.log_key is not None and keys.log_key != log_key:
        genesis.broken(0, "names another log key than the policy")
    # A revocation may reach back, so this is asked again when all are known.
    for entry in signed:
        try:
            keys.author(entry)
            keys_check.ok()
        except Refused as why:
            keys_check.broken(entry.index, str(why))

    streams = {}
    for entry in entries.values():
        if entry.stream is None:
            continue
        stream, seq, previous = entry.stream
        due, last = streams.get(stream, (0, None))
        if seq != due or previous != last:
            chain.broken("%s/%d" % (stream, seq), "does not follow the entry before it")
        else:
            chain.ok()
        if seq >= due:
            streams[stream] = (seq + 1, entry.name)

    # Whether the tree had that root at that size can be seen only where every leaf before is here.
    due, roots, frontier = 0, {0: EMPTY_ROOT}, []
    wanted = {entry.anchor[0] for entry in entries.values()}
    while due in leaves:
        frontier.append((1, leaves[due]))
        while len(frontier) > 1 and frontier[-1][0] == frontier[-2][0]:
            (_, right), (width, left) = frontier.pop(), frontier.pop()
            frontier.append((width * 2, node(left, right)))
        due += 1
        if due in wanted:
            root = frontier[-1][1]
            for _, left in reversed(frontier[:-1]):
                root = node(left, root)
            roots[due] = to_base64url(root)
    for index, entry in entries.items():
        size, root = entry.anchor
        if size > index or (size in roots and roots[size] != root):
            anchors.broken(index, "names a state that the log did not have before it")
        else:
            anchors.ok()
    return entries


DISCLOSURES = re.compile(rb'\[\n"[A-Za-z0-9_-]+"(?:,\n"[A-Za-z0-9_-]+")*\n\]\n')


def check_disclosures(files, entries, check):
    total = 0
    for name in sorted(files):
        if not re.fullmatch(r"data/disclosures/[0-9]{8}\.json", name):
            continue
        index = int(name[17:25])
        try:
            need(index in entries, "opens an entry that is not believed")
            need(DISCLOSURES.fullmatch(files[name]), "not a list of disclosures")
            opened = files[name].decode("ascii")[3:-4].split('",\n"')
            entries[index].open(opened)
            total += len(opened)
            check.ok()
        except Refused as why:
            check.broken(index, str(why))
    return total


# --- section 8: what entries say about money (spec/money.md) ------------------------------------------------------

def utf16(text):
    """Order of texts as ECMAScript compares them."""
    return text.encode("utf-16-be", "surrogatepass")


def text_of(source, name):
    need(isinstance(source.get(name), str), "field %s" % name)
    return source[name]


def optional(source, name, read):
    return read(source, name) if name in source else None


def one_of(*allowed):
    def read(source, name):
        need(isinstance(source.get(name), str) and source[name] in allowed, "field %s" % name)
        return source[name]
    return read


def count_of(source, name):
    need(is_count(source.get(name)), "field %s" % name)
    return source[name]


def signed_count(source, name):
    need(type(source.get(name)) is int, "field %s" % name)
    return source[name]


def parse_minor(value):
    if isinstance(value, str) and len(value) <= 30 and re.fullmatch(r"0|-?[1-9][0-9]*", value):
        return int(value)
    return None


def minor_of(source, name):
    value = parse_minor(source.get(name))
    need(value is not None, "field %s" % name)
    return value


def positive_minor(source, name):
    value = minor_of(source, name)
    need(value > 0, "field %s" % name)
    return value


def currency_of(source, name):
    need(re.fullmatch(r"[A-Z]{3}", text_of(source, name)), "field %s" % name)
    return source[name]


def is_day(value):
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value) if isinstance(value, str) else None
    if not found:
        return False
    year, month, day = map(int, found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def day_of(source, name):
    need(is_day(source.get(name)), "field %s" % name)
    return source[name]


def object_of(source, name):
    need(isinstance(source.get(name), dict), "field %s" % name)
    return source[name]


def list_of(source, name):
    need(isinstance(source.get(name), list), "field %s" % name)
    return source[name]


def texts_of(source, name):
    need(all(isinstance(value, str) for value in list_of(source, name)), "field %s" % name)
    return source[name]


def money_of(source, name):
    value = object_of(source, name)
    return dict(currency=currency_of(value, "currency"), minor=minor_of(value, "minor"))


def titles_of(source, name):
    value = object_of(source, name)
    return {lang: text_of(value, lang) for lang in LANGS if lang in value}


def tally_of(source, name):
    value = object_of(source, name)
    return count_of(value, "count"), minor_of(value, "minor")


def null_or(read):
    return lambda source, name: None if source.get(name, 0) is None else read(source, name)


# One table: type -> (fields of pub, hidden fields); each field is what reads it, optional ones marked by "?".
FIELDS = {
    "genesis": ({"name": text_of, "currency": currency_of, "officer?": object_of}, {}),
    "key.add": ({"x": text_of, "member": text_of}, {}),
    "key.appoint": ({"x": text_of, "member": text_of}, {}),
    "funds.policy": ({"names": titles_of, "unsigned": one_of("general", "unknown"), "shortfall": one_of("general", "none"), "approvalLimit?": money_of}, {}),
    "appeal": ({"id": text_of, "hashtag?": text_of, "opened": day_of, "title": titles_of, "currency": currency_of, "leftover?": text_of}, {}),
    "appeal.ended": ({"appeal": text_of, "ended": day_of, "reason": one_of("goal-reached", "need-fell-away", "other"), "leftover?": text_of}, {}),
    "appeal.reopened": ({"appeal": text_of, "reopened": day_of, "reason": text_of}, {}),
    "post": ({"id": text_of, "appeal": text_of, "kind": text_of, "published": text_of, "target": money_of, "case?": text_of, "textHash?": text_of}, {}),
    "case.share": ({"case": text_of, "appeal": text_of, "parts": count_of, "of": count_of}, {}),
    "account": ({"account": text_of, "currency": null_or(currency_of)}, {"number?": text_of, "holder?": text_of}),
    "statement.lines": ({"import": text_of, "part": count_of, "account": text_of, "lines": count_of}, {}),
    "statement": ({"import": text_of, "account": text_of, "parts": texts_of, "lines": count_of},
                  {"file?": object_of, "opening?": null_or(minor_of), "closing?": null_or(minor_of), "from?": day_of, "to?": day_of, "credits?": tally_of,
                   "debits?": tally_of, "newCredits?": tally_of, "newDebits?": tally_of, "discrepancy?": object_of}),
    "attribution": ({"part": text_of, "lines": list_of, "nullifiers": texts_of}, {}),
    "attribution.moved": ({"corrects": text_of, "nullifier": text_of, "reason": text_of}, {}),
    "decision": ({}, {}),
    "refund": ({"id": text_of}, {"reference?": text_of, "date?": day_of, "minor?": positive_minor, "currency?": currency_of, "reason?": text_of, "credit?": text_of}),
    "spending": ({"id": text_of, "appeal": text_of, "category": text_of, "minor": positive_minor, "currency": currency_of,
                  "approval": one_of("outside", "members"), "related?": one_of("staff", "officer", "relative")},
                 {"receipt?": object_of, "date?": day_of, "payee?": text_of, "paidFrom?": text_of, "relation?": text_of, "approver?": text_of}),
    "spending.approved": ({"id": text_of}, {}),
    "spending.paid": ({"id": text_of}, {"date?": day_of}),
    "spending.voided": ({"id": text_of, "reason": text_of}, {}),
    "confirmation": ({"spending": text_of, "role": one_of("lawyer", "beneficiary"), "how": one_of("signed", "attested", "recorded")},
                     {"date?": day_of, "by?": text_of, "document?": text_of}),
    "cover.given": ({"appeal": text_of, "currency": currency_of, "minor?": positive_minor, "date?": day_of, "ground": one_of("policy", "decision"), "decision?": text_of},
                    {"minor?": positive_minor, "date?": day_of}),
    "rate": ({"date": day_of, "from": currency_of, "to": currency_of, "rate": text_of, "source": text_of}, {}),
    "account.frozen": ({"account": text_of, "date": day_of, "detail": text_of}, {}),
    "fund.close": ({"appeal": text_of, "currency": currency_of, "week": text_of, "count": signed_count, "minor": minor_of, "classes": list_of,
                    "carried": count_of, "attributions": count_of}, {}),
    "correction": ({"corrects": text_of, "reason": text_of}, {}),
}
FIELDS["refund.matched"] = FIELDS["refund"]
FIELDS["spending.reserved"] = FIELDS["spending"]
FIELDS["cover.repaid"] = FIELDS["cover.given"]
FIELDS["account.released"] = FIELDS["account.frozen"]


# The stream in which each type stands; outside it an entry could be left out without a gap.
STREAMS = {"genesis": None}
for _stream, _types in (
        ("keys", "key.add key.revoke key.appoint key.rotate room.epoch"),
        ("funds", "funds.policy appeal appeal.ended appeal.reopened post case.share account account.frozen account.released rate correction"),
        ("statements", "statement.lines statement"), ("attributions", "attribution attribution.moved decision"),
        ("refunds", "refund refund.matched"), ("spending", "spending spending.reserved spending.approved spending.paid spending.voided"),
        ("confirmations", "confirmation"), ("covers", "cover.given cover.repaid"), ("closes", "fund.close")):
    STREAMS.update((_type, _stream) for _type in _types.split())


def read_fields(table, source):
    found = {}
    for name, read in table.items():
        if name.endswith("?"):
            found[name[:-1]] = optional(source, name[:-1], read)
        else:
            found[name] = read(source, name)
    return found


def parts_of(source, name):
    found = []
    for value in list_of(source, name):
        need(isinstance(value, dict) and isinstance(value.get("to"), str), "field %s" % name)
        minor = parse_minor(value.get("minor"))
        need(minor is not None and minor >= 0 and all(value["to"] != to for to, _ in found), "field %s" % name)
        found.append((value["to"], minor))
    need(found, "field %s" % name)
    return found


GROUNDS = {"code", "hashtag", "decision", "policy", "ambiguous", "payment", "refund", "fee", "own-transfer", "none"}


def line_item(opened, hidden):
    party = hidden["donor"] if hidden.get("donor") is not None else hidden.get("payee", 0)
    need(party == 0 and type(party) is int or isinstance(party, dict), "field donor")
    if isinstance(party, dict):
        for name in ("name", "account", "bin", "bank"):
            optional(party, name, text_of)
    item = dict(position=text_of(opened, "position"), date=day_of(opened, "date"), direction=one_of("credit", "debit")(opened, "direction"),
                minor=minor_of(opened, "minor"), currency=currency_of(opened, "currency"),
                known=opened.get("known") is True)
    count_of(opened, "row")
    optional(hidden, "memo", text_of)
    optional(hidden, "reference", text_of)
    return item


def attribution_item(opened, hidden):
    item = dict(to=texts_of(opened, "to"), from_=optional(opened, "from", texts_of), gift=None)
    need(item["to"], "field to")
    if "gift" in hidden:
        gift = object_of(hidden, "gift")
        need(isinstance(gift.get("date"), str) and len(gift["date"].encode("utf-16-be", "surrogatepass")) == 20, "field gift.date")
        ground = object_of(gift, "ground")
        need(isinstance(ground.get("kind"), str) and ground["kind"] in GROUNDS, "field gift.ground")
        for name in ("detail", "by", "decision"):
            optional(ground, name, text_of)
        item["gift"] = dict(date=gift["date"], direction=one_of("credit", "debit")(gift, "direction"), currency=text_of(gift, "currency"),
                            account=text_of(gift, "account"), parts=parts_of(gift, "parts"), before=optional(gift, "before", parts_of))
        need(item["to"] == [to for to, _ in item["gift"]["parts"]], "field to")
        need(item["from_"] is None or item["from_"] == [to for to, _ in item["gift"]["before"] or []], "field from")
    return item


def parse_fact(entry):
    """What an entry says, as a dict; None for an entry of another subject."""
    if entry.type not in FIELDS:
        return None
    pub, hidden = FIELDS[entry.type]
    fact = read_fields(pub, entry.pub)
    for name, value in read_fields(hidden, entry.hidden).items():
        # A field that some entries show and others hide. Said twice it could be read in two ways.
        need(value is None or fact.get(name) is None, "field %s" % name)
        fact[name] = fact.get(name) if value is None else value
    items = entry.items
    if entry.type == "genesis" and fact["officer"] is not None:
        text_of(fact["officer"], "x"), text_of(fact["officer"], "member")
    elif entry.type == "case.share":
        need(0 < fact["of"] and fact["parts"] <= fact["of"], "field parts")
    elif entry.type == "statement.lines":
        need(not items or len(items) == fact["lines"], "field lines")
        fact["items"] = [item and line_item(*item) for item in items]
    elif entry.type == "statement":
        if fact["file"] is not None:
            for name in ("sha256", "name", "format"):
                text_of(fact["file"], name)
            count_of(fact["file"], "size"), count_of(fact["file"], "number")
        if fact["discrepancy"] is not None:
            text_of(fact["discrepancy"], "by"), text_of(fact["discrepancy"], "why"), texts_of(fact["discrepancy"], "problems")
    elif entry.type == "attribution":
        need(all(is_count(line) for line in fact["lines"]), "field lines")
        need(len(fact["lines"]) == len(fact["nullifiers"]) and (not items or len(items) == len(fact["lines"])), "field nullifiers")
        fact["items"] = [item and attribution_item(*item) for item in items]
    elif entry.type == "attribution.moved":
        need(len(items) <= 1, "field items")
        fact["item"] = attribution_item(*items[0]) if items and items[0] else None
    elif entry.type == "decision":
        if "reference" in entry.hidden:
            for name in ("reference", "appeal", "ground", "by"):
                text_of(entry.hidden, name)
            optional(entry.hidden, "account", text_of), optional(entry.hidden, "date", day_of)
    elif entry.type in ("refund", "refund.matched"):
        waits = entry.type == "refund" and entry.hidden.get("parts") == []
        fact["refund_parts"] = None if waits else optional(entry.hidden, "parts", parts_of)
    elif entry.type in ("spending", "spending.reserved") and fact["receipt"] is not None:
        text_of(fact["receipt"], "name"), optional(fact["receipt"], "sha256", text_of), optional(fact["receipt"], "file", text_of)
    elif entry.type == "rate":
        need(re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,12})?", fact["rate"]), "field rate")
    elif entry.type == "fund.close":
        for one in fact["classes"]:
            need(isinstance(one, dict), "field classes")
            minor_of(one, "minor"), count_of(one, "count")
        pooled = entry.pub.get("pooled", 0)
        need(pooled is None or isinstance(pooled, dict), "field pooled")
        if pooled:
            signed_count(pooled, "count"), minor_of(pooled, "minor")
        need(pooled != {}, "field pooled")
        fact["pooled"] = pooled
    return fact


def destination(text):
    """(fund, what): the series of tallies that a row counts in."""
    if text.startswith("payment:"):
        return "payment"
    if text.startswith("refund:"):
        return "refund"
    return text


def total(parts):
    return sum(minor for _, minor in parts)


WRONG_WAY = "money that came in stands where it went out, or the other way round"


def right_way(gift):
    """Money comes in for a fund, and goes out for a payment, a refund, a fee, or what nothing explains yet."""
    def out(to):
        return to in ("fee", "unmatched") or to.startswith(("payment:", "refund:"))
    return all(to in ("own-transfer", "unreadable") or out(to) == (gift["direction"] == "debit") for to, _ in gift["parts"])


def check_lines(facts, scope, checks):
    """Sections 8.2 to 8.4. Returns the bank rows by nullifier."""
    counted, nullifiers, once, opened, sums = (
        checks[code] for code in ("statement.parts", "nullifier.once", "line.once", "attribution.opened", "attribution.sum"))
    parts, rows, seen, positions = {}, {}, set(), set()
    refunds, known_refunds, returned = checks["refund.opened"], {}, {}

    def count(part):
        for place, item in enumerate(part["items"]):
            if item is None:
                continue
            key = (part["account"], item["position"])
            if not re.fullmatch(r"[1-9][0-9]*", item["position"][11:]) or item["position"][:11] != item["date"] + "/":
                once.broken("%d/%d" % (part["index"], place), "its position is not its day and a number")
            elif not item["known"] and key in positions:
                once.broken("%d/%d" % (part["index"], place), "another line of the account has this position")
            if not item["known"]:
                positions.add(key)

    for entry, fact in facts:
        if entry.type == "statement.lines":
            parts[entry.name] = dict(fact, counted=False, index=entry.index)
        elif entry.type == "statement":
            try:
                count_parts(parts, fact, count)
                counted.ok()
            except Refused as why:
                counted.broken(entry.index, str(why))
        elif entry.type == "attribution":
            part = parts.get(fact["part"])
            if part is None or not part["counted"]:
                once.broken(entry.index, "attributes lines that no statement counts")
            for at, line in enumerate(fact["lines"]):
                nullifier, subject = fact["nullifiers"][at], "%d/%d" % (entry.index, at)
                if nullifier in rows:
                    nullifiers.broken(subject, "this bank row was counted before")
                else:
                    nullifiers.ok()
                place = (fact["part"], line)
                if place in seen or (part is not None and line >= part["lines"]):
                    once.broken(subject, "this line was attributed before, or is none")
                else:
                    once.ok()
                seen.add(place)
                item = fact["items"][at] if fact["items"] else None
                row = dict(to=item["to"] if item else [], gift=item["gift"] if item else None, said=entry.name, summed=False)
                row["touched"] = any(to in scope for to in row["to"])
                rows[nullifier] = row
                if item is None:
                    opened.unknown("where this row went is not shown", subject)
                else:
                    opened.ok()
                shown = part["items"][line] if part is not None and part["items"] and line < len(part["items"]) else None
                if row["gift"] is not None and shown is not None:
                    gift, row["summed"] = row["gift"], True
                    same = all(gift[name] == shown[name] for name in ("date", "direction", "currency")) and gift["account"] == part["account"]
                    if not right_way(gift):
                        sums.broken(subject, WRONG_WAY)
                    elif same and shown["known"] is False and total(gift["parts"]) == shown["minor"]:
                        sums.ok()
                    else:
                        sums.broken(subject, "the parts do not add up to the bank's line")
                elif row["gift"] is not None and not right_way(row["gift"]):
                    sums.broken(subject, WRONG_WAY)
        elif entry.type in ("refund", "refund.matched"):
            try:
                if check_refund(entry, fact, rows, known_refunds, returned):
                    refunds.ok()
                else:
                    refunds.unknown("what was given back, and of which appeal, is not shown", entry.index)
            except Refused as why:
                refunds.broken(entry.index, str(why))
        elif entry.type == "attribution.moved":
            row, item = rows.get(fact["nullifier"]), fact["item"]
            if row is None or row["said"] != fact["corrects"]:
                nullifiers.broken(entry.index, "moves a row from where it does not stand")
                continue
            nullifiers.ok()
            if item is None:
                opened.unknown("where this row went is not shown", entry.index)
                continue
            opened.ok()
            gift, was = item["gift"], row["gift"]
            same = (gift is None) == (was is None) and (item["from_"] or []) == row["to"]
            if same and gift is not None:
                same = all(gift[name] == was[name] for name in ("date", "direction", "currency", "account"))
                same = same and (gift["before"] or []) == was["parts"] and total(gift["parts"]) == total(was["parts"]) and right_way(gift)
            if same:
                sums.ok(gift is not None)
            else:
                sums.broken(entry.index, "does not carry on what stood there")
            row.update(to=item["to"], gift=gift, said=entry.name, touched=row["touched"] or any(to in scope for to in item["to"]))
    for nullifier, row in rows.items():
        if row["touched"] and not row["summed"] and row["to"]:
            sums.unknown("the sum of this row is not shown", nullifier)
    return rows


def check_refund(entry, fact, rows, known, returned):
    """Section 8.6. False when too little of it is opened."""
    match, waits = entry.type == "refund.matched", entry.hidden.get("parts") == []
    wanted = ("credit", "parts") if match else ("date", "minor", "currency", "parts") if waits else ("date", "minor", "currency", "credit", "parts")
    if not all(name in entry.hidden for name in wanted):
        return False
    earlier = known.get(fact["id"])
    if match if earlier is None else not match or earlier["refund_parts"] is not None:
        return True
    refund = dict(earlier or fact)
    refund.update({name: value for name, value in fact.items() if value is not None})
    known[fact["id"]] = refund
    credit, shares = refund["credit"], refund["refund_parts"]
    if shares is None:
        need(credit is None, "names a gift, but not the appeals that it is of")
        return True
    row = rows.get(credit)
    need(row is not None, "gives back what was never recorded")
    returned[credit] = returned.get(credit, 0) + refund["minor"]
    need(total(shares) == refund["minor"], "its parts are not its sum")
    need(not row["to"] or all(to in row["to"] for to, _ in shares), "is of another appeal than its gift")
    gift = row["gift"]
    if gift is not None:
        got = dict(gift["parts"])
        need(gift["direction"] == "credit" and gift["currency"] == refund["currency"] and returned[credit] <= total(gift["parts"])
             and all(minor <= got.get(to, 0) for to, minor in shares), "gives back more than was given, or another currency")
    return True


def count_parts(parts, statement, count):
    lines, due = 0, None
    for name in statement["parts"]:
        part = parts.get(name)
        need(part is not None, "names a part that is not here")
        need(not part["counted"], "names a part that counts already")
        part["counted"] = True
        count(part)
        need(part["import"] == statement["import"] and part["account"] == statement["account"] and due in (None, part["part"]), "names a part of another statement")
        due, lines = part["part"] + 1, lines + part["lines"]
    need(lines == statement["lines"], "its parts hold another number of lines")


def check_payments(facts, rows, check):
    """Section 8.5."""
    payments, settled = {}, set()
    for entry, fact in facts:
        if entry.type in ("spending", "spending.reserved"):
            payments["payment:" + fact["id"]] = (fact["minor"], fact["currency"])
    for row in rows.values():
        for at, to in enumerate(row["to"]):
            if not to.startswith(("payment:", "refund:")):
                continue
            other = to in payments and row["gift"] is not None and (row["gift"]["parts"][at][1], row["gift"]["currency"]) != payments[to]
            if to in settled or other:
                check.broken(to, "settled twice, or by another sum")
            else:
                check.ok()
            settled.add(to)


def check_covers(facts, scope, check):
    """Section 8.7."""
    for entry, fact in facts:
        if entry.type not in ("cover.given", "cover.repaid") or fact["appeal"] not in scope:
            continue
        if fact["minor"] is None or fact["date"] is None:
            check.unknown("how much general funds gave or got back, and when, is not shown", entry.index)
        else:
            check.ok()


FEWEST = 5


def week_of(day):
    """The ISO 8601 week, such as 2025-W10."""
    year, week, _ = datetime.date(int(day[:4]), int(day[5:7]), int(day[8:])).isocalendar()[:3]
    return "%d-W%02d" % (year, week)


def is_week(text):
    found = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text)
    if not found or not "0001" < text < "9999":
        return False
    year, week = int(found.group(1)), int(found.group(2))
    return 1 <= week <= datetime.date(year, 12, 28).isocalendar()[1]


def check_closes(facts, scope, check):
    """Section 8.8: for appeals in scope every gift is shown, so a close of theirs can be computed again."""
    weeks, last, attributions = {}, {}, 0
    for entry, fact in facts:
        if entry.stream is not None and entry.stream[0] == "attributions":
            attributions = entry.stream[1] + 1
        if entry.type in ("attribution", "attribution.moved"):
            for item in fact["items"] if entry.type == "attribution" else [fact["item"]]:
                gift = item["gift"] if item else None
                if gift is not None and gift["direction"] == "credit" and is_day(gift["date"]) and gift["date"] > "0001":
                    for parts, sign in ((gift["before"] or [], -1), (gift["parts"], 1)):
                        for to, minor in parts:
                            amounts = weeks.setdefault((to, gift["currency"]), {}).setdefault(week_of(gift["date"]), {})
                            amounts[minor] = amounts.get(minor, 0) + sign
        if entry.type != "fund.close":
            continue
        place, week = (fact["appeal"], fact["currency"]), fact["week"]
        good = is_week(week) and (place not in last or week > last[place])
        if good:
            amounts, carried = {}, {}
            for of in [of for of in weeks.get(place, {}) if of <= week]:
                for minor, count in weeks[place].pop(of).items():
                    amounts[minor] = amounts.get(minor, 0) + count
            amounts = {minor: count for minor, count in amounts.items() if count}
            classes = [dict(minor=str(minor), count=count) for minor, count in sorted(amounts.items()) if count >= FEWEST]
            few = {minor: count for minor, count in amounts.items() if count < FEWEST}
            items = sum(abs(count) for count in few.values())
            pooled = dict(count=sum(few.values()), minor=str(sum(minor * count for minor, count in few.items()))) if items >= FEWEST else None
            if 0 < items < FEWEST:
                carried = few
                weeks.setdefault(place, {})[week] = carried
            last[place] = week
            due = dict(count=sum(one["count"] for one in classes) + (pooled["count"] if pooled else 0),
                       minor=sum(int(one["minor"]) * one["count"] for one in classes) + (int(pooled["minor"]) if pooled else 0),
                       classes=classes, pooled=pooled, carried=0 if pooled else items, attributions=attributions)
            said = dict(fact, classes=[dict(minor=one["minor"], count=one["count"]) for one in fact["classes"]],
                        pooled=fact["pooled"] and dict(count=fact["pooled"]["count"], minor=fact["pooled"]["minor"]))
            good = all(said[name] == due[name] for name in due)
        if fact["appeal"] in scope and not good:
            check.broken(entry.index, "not what the gifts of that week give")
            continue
        pooled = fact["pooled"]
        minor = sum(int(one["minor"]) * one["count"] for one in fact["classes"]) + (int(pooled["minor"]) if pooled else 0)
        count = sum(one["count"] for one in fact["classes"]) + (pooled["count"] if pooled else 0)
        if minor == fact["minor"] and count == fact["count"]:
            check.ok()
        else:
            check.broken(entry.index, "its classes do not add up to its sum")


# --- section 9: the figures ---------------------------------------------------------------------------------------

class Books:
    """The sums of the record as far as the dossier shows them: (fund, currency, series) -> day -> [minor, count]."""

    def __init__(self, facts):
        self.name, self.names, self.base, self.tallies, self.limit, self.ended = "", {}, "KZT", {}, None, {}
        self.members, self.appeals, self.posts, self.spending, self.confirmations, self.refunds = {}, {}, {}, {}, {}, {}
        # The payments at which a bank row stands, by the row's nullifier, whether or not they are known yet.
        self.settling = {}
        for entry, fact in facts:
            self.take(entry, fact)

    def book(self, fund, currency, series, day, minor, count):
        cell = self.tallies.setdefault((fund, currency, series), {}).setdefault(day, [0, 0])
        cell[0] += minor
        cell[1] += count

    def gift(self, gift, parts, sign):
        for to, minor in parts:
            self.book(destination(to), gift["currency"], "received" if gift["direction"] == "credit" else "paid", gift["date"], minor * sign, sign)

    def refund(self, found, sign):
        if found["refund_parts"] is not None and found["currency"] is not None:
            for to, minor in found["refund_parts"]:
                self.book(to, found["currency"], "refunded", found["date"], minor * sign, sign)

    def spend(self, one, series, sign):
        self.book(one["appeal"], one["currency"], series, one["date"], one["minor"] * sign, sign)

    def take(self, entry, fact):
        kind = entry.type
        if kind == "genesis":
            self.name, self.base = fact["name"], fact["currency"]
            if fact["officer"] is not None:
                self.members[thumbprint(fact["officer"]["x"])] = fact["officer"]["member"]
        elif kind in ("key.add", "key.appoint"):
            self.members[thumbprint(fact["x"])] = fact["member"]
        elif kind == "funds.policy":
            self.limit, self.names = fact["approvalLimit"], fact["names"]
        elif kind == "appeal":
            self.appeals.setdefault(fact["id"], fact)
        elif kind == "appeal.ended":
            if fact["appeal"] in self.appeals:
                self.ended.setdefault(fact["appeal"], dict(date=fact["ended"], reason=fact["reason"]))
        elif kind == "appeal.reopened":
            self.ended.pop(fact["appeal"], None)
        elif kind == "post":
            self.posts.setdefault(fact["id"], fact)
        elif kind == "attribution":
            for item in fact["items"]:
                if item is not None and item["gift"] is not None:
                    self.gift(item["gift"], item["gift"]["parts"], 1)
        elif kind == "attribution.moved":
            gift = fact["item"]["gift"] if fact["item"] else None
            if gift is not None:
                self.gift(gift, gift["before"] or [], -1)
                self.gift(gift, gift["parts"], 1)
                for found in self.refunds.values():
                    if found["credit"] == fact["nullifier"] and found["minor"] is not None:
                        self.refund(found, -1)
                        found["refund_parts"] = refund_parts(gift["parts"], found["minor"])
                        self.refund(found, 1)
        elif kind in ("refund", "refund.matched"):
            earlier, match = self.refunds.get(fact["id"]), kind == "refund.matched"
            if match if earlier is None else not match or earlier["refund_parts"] is not None:
                return
            found = dict(earlier or fact)
            found.update({name: value for name, value in fact.items() if value is not None})
            self.refunds[fact["id"]] = found
            self.refund(found, 1)
        elif kind in ("spending", "spending.reserved"):
            paid = kind == "spending"
            if fact["id"] in self.spending or paid != (fact["approval"] == "outside"):
                return
            one = dict(fact, state="paid" if paid else "reserved", proposer=self.members.get(entry.kid, entry.kid), approvals=[])
            self.spending[fact["id"]] = one
            self.spend(one, "spent/" + one["category"] if paid else "reserved", 1)
        elif kind == "spending.approved":
            one, member = self.spending.get(fact["id"]), self.members.get(entry.kid, entry.kid)
            if one is None or one["state"] != "reserved" or member == one["proposer"] or member in one["approvals"]:
                return
            one["approvals"].append(member)
            enough = self.limit is None or (self.limit["currency"] == one["currency"] and one["minor"] <= self.limit["minor"])
            if len(one["approvals"]) >= (1 if enough else 2):
                one["state"] = "approved"
        elif kind == "spending.paid":
            one = self.spending.get(fact["id"])
            if one is not None and one["state"] == "approved":
                one["state"] = "paid"
                self.spend(one, "reserved", -1)
                # The day of payment is the day that counts; the one of the reservation was a plan.
                one["date"] = one["date"] if fact["date"] is None else fact["date"]
                self.spend(one, "spent/" + one["category"], 1)
        elif kind == "spending.voided":
            one = self.spending.get(fact["id"])
            if one is not None and one["state"] != "voided" and not any(one["id"] in paid for paid in self.settling.values()):
                self.spend(one, "spent/" + one["category"] if one["state"] == "paid" else "reserved", -1)
                one["state"] = "voided"
        elif kind == "confirmation":
            known, strength = self.confirmations.setdefault(fact["spending"], {}), ("recorded", "attested", "signed")
            if strength.index(fact["how"]) >= strength.index(known.get(fact["role"], "recorded")):
                known[fact["role"]] = fact["how"]
        elif kind in ("cover.given", "cover.repaid") and fact["minor"] is not None:
            self.book(fact["appeal"], fact["currency"], kind[6:], fact["date"], fact["minor"], 1)
        if kind in ("attribution", "attribution.moved"):
            self.settle(fact)

    def settle(self, fact):
        rows = zip(fact["nullifiers"], fact["items"]) if "items" in fact else [(fact["nullifier"], fact["item"])]
        for nullifier, item in rows:
            if item is not None:
                self.settling[nullifier] = [to[8:] for to in item["to"] if to.startswith("payment:")]


def refund_parts(gift, minor):
    found, left = [], minor
    for to, share in gift:
        share = min(left, share)
        if share > 0:
            found.append((to, share))
        left -= share
    return found


def has_undated_payment(question, facts, scope, books):
    """In a period: whether a payment of the scope was made on a day that is not shown. The day of a reservation is a plan."""
    if question["kind"] != "period":
        return False
    undated = [books.spending.get(fact["id"]) for entry, fact in facts if entry.type in ("spending", "spending.paid") and fact["date"] is None]
    return any(one is not None and one["state"] == "paid" and one["appeal"] in scope for one in undated)


def within(question, day):
    return question["kind"] != "period" or (day is not None and question["from"] <= day <= question["to"])


def scope_of(question, facts):
    appeals, of_post, of_case = [], {}, set()
    for entry, fact in facts:
        if entry.type == "appeal" and fact["id"] not in appeals:
            appeals.append(fact["id"])
        elif entry.type == "post":
            of_post.setdefault(fact["id"], fact["appeal"])
            if question["kind"] == "case" and fact["case"] == question["id"]:
                of_case.add(fact["appeal"])
        elif entry.type == "case.share" and question["kind"] == "case" and fact["case"] == question["id"]:
            of_case.add(fact["appeal"])
    if question["kind"] == "period":
        return appeals
    if question["kind"] == "case":
        return [appeal for appeal in appeals if appeal in of_case]
    wanted = of_post.get(question["id"]) if question["kind"] == "post" else question["id"]
    return [appeal for appeal in appeals if appeal == wanted]


def in_order(currencies, first):
    return sorted(currencies, key=lambda one: (one != first, one))


def figures_of(appeal, question, books):
    """Section 9.2: the object that `aigaq funds show` prints, without its name."""
    own, booked = books.appeals[appeal]["currency"], {}
    for (fund, currency, series), days in books.tallies.items():
        if fund == appeal:
            inside = [cell for day, cell in days.items() if within(question, day)]
            minor, count = sum(cell[0] for cell in inside), sum(cell[1] for cell in inside)
            if question["kind"] != "period" or minor or count:
                booked.setdefault(currency, {})[series] = (minor, count)
    out = dict(raised=[], refunded=[], spent=[], spentByCategory={}, coveredFromGeneral=[], balance=[])
    for currency in in_order(set(booked) | {own}, own):
        received, back, given, repaid = (booked.get(currency, {}).get(name, (0, 0)) for name in ("received", "refunded", "given", "repaid"))
        categories = {series[6:]: cell for series, cell in booked.get(currency, {}).items() if series.startswith("spent/")}
        spent = (sum(cell[0] for cell in categories.values()), sum(cell[1] for cell in categories.values()))
        if received[1]:
            out["raised"].append(dict(currency=currency, minor=str(received[0]), donations=received[1]))
        if back[1] > 0:
            out["refunded"].append(dict(currency=currency, minor=str(back[0]), donations=back[1]))
        if spent[1] > 0:
            out["spent"].append(dict(currency=currency, minor=str(spent[0]), payments=spent[1]))
        named = {name: str(categories[name][0]) for name in sorted(categories, key=utf16) if categories[name][1]}
        if named:
            out["spentByCategory"][currency] = named
        if given[0] != repaid[0]:
            out["coveredFromGeneral"].append(dict(currency=currency, minor=str(given[0] - repaid[0])))
        if currency == own or received[1] > 0 or back[1] > 0 or spent[1] > 0 or given[0] > 0:
            out["balance"].append(dict(currency=currency, minor=str(received[0] - back[0] + given[0] - repaid[0] - spent[0])))
    out["confirmedByBoth"] = sum(1 for one in books.spending.values() if one["appeal"] == appeal and one["state"] == "paid"
                                 and (one["date"] is None or within(question, one["date"])) and len(books.confirmations.get(one["id"], {})) == 2)
    return out


def add_figures(every, base):
    if len(every) == 1:
        return every[0]
    out = {}
    for name, counter in (("raised", "donations"), ("refunded", "donations"), ("spent", "payments"), ("spentByCategory", None), ("coveredFromGeneral", None), ("balance", None)):
        if name == "spentByCategory":
            sums = {}
            for currency, of in ((currency, of) for one in every for currency, of in one[name].items()):
                for category, minor in of.items():
                    into = sums.setdefault(currency, {})
                    into[category] = into.get(category, 0) + int(minor)
            out[name] = {currency: {category: str(sums[currency][category]) for category in sorted(sums[currency], key=utf16)} for currency in in_order(sums, base)}
            continue
        sums = {}
        for one in (one for each in every for one in each[name]):
            cell = sums.setdefault(one["currency"], [0, 0])
            cell[0] += int(one["minor"])
            cell[1] += one[counter] if counter else 0
        out[name] = [dict(dict(currency=currency, minor=str(sums[currency][0])), **({counter: sums[currency][1]} if counter else {})) for currency in in_order(sums, base)]
    out["confirmedByBoth"] = sum(one["confirmedByBoth"] for one in every)
    return out


def hidden_of(facts):
    rows = {name: [0, 0] for name in ("lines", "destinations", "gifts", "donor", "memo", "reference", "payee", "receipt")}
    for entry, fact in facts:
        if entry.type == "statement.lines":
            for name in ("lines", "donor", "memo", "reference"):
                rows[name][0] += fact["lines"]
            for item in entry.items:
                if item is not None:
                    rows["lines"][1] += 1
                    for name in ("donor", "memo", "reference"):
                        rows[name][1] += name in item[1]
        elif entry.type == "attribution":
            for name in ("destinations", "gifts"):
                rows[name][0] += len(fact["lines"])
            for item in fact["items"]:
                rows["destinations"][1] += item is not None
                rows["gifts"][1] += item is not None and item["gift"] is not None
        elif entry.type in ("spending", "spending.reserved"):
            for name in ("payee", "receipt"):
                rows[name][0] += 1
                rows[name][1] += name in entry.hidden
    return {name: dict(all=everything, opened=opened) for name, (everything, opened) in rows.items()}


def compute_figures(question, facts, scope, found):
    books = Books(facts)
    settled = {to for row in found["rows"] if row["summed"] for to in row["to"]}
    if has_undated_payment(question, facts, scope, books):
        found["totals"].unknown("the day of a payment is not shown")
    spending = []
    for one in books.spending.values():
        if one["state"] == "paid" and one["appeal"] in scope and within(question, one["date"]):
            said = books.confirmations.get(one["id"], {})
            spending.append(dict(id=one["id"], appeal=one["appeal"], category=one["category"], currency=one["currency"], minor=str(one["minor"]),
                                 date=one["date"], approval=one["approval"], related=one["related"], settled="payment:" + one["id"] in settled,
                                 confirmations=[dict(role=role, how=said[role]) for role in ("lawyer", "beneficiary") if role in said]))
    asked = [dict(post=post["id"], appeal=post["appeal"], kind=post["kind"], published=post["published"], currency=post["target"]["currency"],
                  minor=str(post["target"]["minor"])) for post in books.posts.values()
             if post["appeal"] in scope and (question["kind"] != "post" or post["id"] == question["id"]) and within(question, post["published"][:10])]
    appeals, of_appeals = [], [figures_of(appeal, question, books) for appeal in scope]
    for appeal, figures in zip(scope, of_appeals):
        title = books.appeals[appeal]["title"]
        ended = dict(ended=books.ended[appeal]) if appeal in books.ended else {}
        appeals.append(dict(dict(appeal=appeal, title={lang: title.get(lang, appeal) for lang in LANGS}, **ended), **figures))
    names = {lang: books.names.get(lang, books.name) for lang in LANGS}
    return dict(foundation=dict(name=books.name, names=names, genesis=found["genesis"], log=found["log_key"]),
                log=dict(origin=found["origin"], size=found["size"], root=found["root"], entries=found["entries"], disclosures=found["disclosures"]),
                witnesses=found["witnesses"], asked=asked, totals=add_figures(of_appeals, books.base), appeals=appeals,
                spending=spending, hidden=hidden_of(facts))


# --- sections 7 and 9.4: the statement ----------------------------------------------------------------------------

FIGURES = ("foundation", "log", "witnesses", "asked", "totals", "appeals", "spending", "hidden")


def is_id(value):
    return isinstance(value, str) and re.fullmatch(r"[^\x00-\x1f\x7f]+", value) is not None and len(utf16(value)) <= 400


def read_statement(body):
    text = utf8(body)
    need(text.endswith("\n"), "not canonical JSON")
    value = strict_json(text[:-1], 1)
    need(isinstance(value, dict) and list(value) == ["v", "made", "question", "claim"] + list(FIGURES), "not the members of a statement")
    question, claim = value["question"], value["claim"]
    need(isinstance(question, dict), "not the members of a statement")
    if question.get("kind") == "period":
        days = [question.get("from"), question.get("to")]
        need(list(question) == ["kind", "from", "to"] and all(isinstance(day, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day) for day in days), "not the members of a statement")
    else:
        need(list(question) == ["kind", "id"] and question["kind"] in ("appeal", "post", "case") and is_id(question["id"]), "not the members of a statement")
    need(type(value["v"]) is int and value["v"] == 1 and is_count(value["made"]) and value["made"] <= 253402300799 and (claim is None or is_id(claim)), "not the members of a statement")
    return value


DECIMALS = {"BHD": 3, "CLP": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0,
            "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0}


def decimal_of(minor, currency):
    places = DECIMALS.get(currency, 2)
    digits = str(abs(minor)).rjust(places + 1, "0")
    return ("-" if minor < 0 else "") + (digits if places == 0 else digits[:-places] + "." + digits[-places:])


def money_text(currency, minor, lang):
    whole, _, fraction = decimal_of(minor, currency).partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    group = "," if lang == "en" else "\u00a0"
    whole = group.join(filter(None, [whole[:len(whole) % 3]] + [whole[at:at + 3] for at in range(len(whole) % 3, len(whole), 3)]))
    return sign + whole + (("." if lang == "en" else ",") + fraction if fraction else "") + "\u00a0" + currency


CLAIM = re.compile("([0-9]{1,24}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,7})(?:[.,]([0-9]{1,6}))? ([A-Z]{3}) ([a-z]+)")
WORDS = {"raised": "raised", "received": "raised", "spent": "spent", "returned": "returned", "refunded": "returned", "covered": "covered", "left": "left", "balance": "left"}
LISTS = {"raised": "raised", "spent": "spent", "returned": "refunded", "covered": "coveredFromGeneral", "left": "balance"}


def parse_claim(text):
    found = CLAIM.fullmatch(text)
    need(found and found.group(4) in WORDS, "the claim can be read in more than one way")
    whole, fraction, currency, word = found.groups()
    places, fraction = DECIMALS.get(currency, 2), fraction or ""
    need(not fraction[places:].strip("0"), "the claim can be read in more than one way")
    return int(re.sub("[^0-9]", "", whole) + fraction[:places].ljust(places, "0")), currency, WORDS[word]


def answer_claim(text, totals):
    minor, currency, what = parse_claim(text)
    said = next((int(one["minor"]) for one in totals[LISTS[what]] if one["currency"] == currency), 0)
    return dict(asserted=text, found="%s %s %s" % (re.sub(r"\.0*\Z", "", decimal_of(said, currency)), currency, what), agrees=said == minor)


# Put here by scripts/build-verifier.ts: the template, the words and the README of a dossier.
RESOURCES = json.loads(r"""{"labels":{"kk":{"kicker":"Досье · қаражат туралы анықтама","made":"{foundation}. {date} жасалды, жасаушының сағаты бойынша.","title.appeal":"«{title}» ({id}) жинағына қанша қаражат түсті?","title.post":"{id} жарияланымында қанша сұралды және қанша түсті?","title.case":"{id} ісі бойынша қанша қаражат түсті?","title.period":"{from} мен {to} аралығында қанша қаражат түсті?","answer.received":"{amount} түсті (түсім саны: {n}).","answer.nothing":"Ештеңе түскен жоқ.","answer.returned":"Жіберушілерге {amount} қайтарылды.","answer.spent":"{amount} жұмсалды.","answer.covered":"Оның {amount} бөлігі қордың жалпы қаражатынан төленді.","ended":"«{name}» жинағы аяқталды ({date}): {reason}.","ended.goal-reached":"мақсатқа жетті","ended.need-fell-away":"көмек қажет болмай қалды","ended.other":"басқа себеппен","and":" және ","none":"жоқ","claim":"Мәлімдеме","claim.asserted":"Мәлімделгені: {claim}","claim.found":"Жазбалар бойынша: {found}","said.raised":"{amount} түсті","said.spent":"{amount} жұмсалды","said.returned":"{amount} қайтарылды","said.covered":"жалпы қаражаттан {amount} төленді","said.left":"{amount} қалды","claim.agrees":"Мәлімдеме жазбаларға сәйкес келеді.","claim.differs":"Мәлімдеме жазбаларға сәйкес келмейді.","figures":"Сандармен","figuresNote":"Әр валюта жеке жолда тұрады; валюталар қосылмайды. «Түсті» — қайтарымдар шегерілмеген сома: қайтарылғаны қатар көрсетілген.","currency":"Валюта","received":"Түсті","gifts":"Түсім саны","returned":"Қайтарылды","spent":"Жұмсалды","covered":"Жалпы қаражаттан","left":"Қалдық","leftInPeriod":"Өзгеріс","byAppeal":"Жинақтар бойынша","appeal":"Жинақ","asked":"Қанша сұралды","askedNote":"Жарияланым сұрайды, бірақ ештеңе алмайды. Репост сол ақшаны тағы бір рет сұрайды. Сондықтан мақсатты сомалар қосылмайды және түсім болып саналмайды.","askedNone":"Бұл сұрақ бойынша мақсатты сомасы бар жарияланым жазбада жоқ.","post":"Жарияланым","kind":"Түрі","kind.post":"жарияланым","kind.repost":"репост","published":"Жарияланған күні","target":"Мақсатты сома","categories":"Неге жұмсалды","category":"Бап","amount":"Сомасы","payments":"Төлемдер","date":"Күні","payment":"Төлем","approval":"Мақұлданды","confirmed":"Расталды","approval.outside":"осы жазбадан тыс","approval.members":"қордың екі мүшесі","related.staff":"қызметкерге төленді","related.officer":"қордың лауазымды тұлғасына төленді","related.relative":"туысына төленді","role.lawyer":"адвокат","role.beneficiary":"көмек алушы","how.signed":"қолтаңба","how.attested":"құжат","how.recorded":"біз жазғанбыз","confirmations":"Кім растады","payments.bank":"Осында көрсетілген банк шығынына сәйкес төлемдер: {all} ішінен {n}. Қолма-қол ақшада және үзіндіге әлі түспегендерде ол болмайды.","confirmations.both":"Адвокат пен көмек алушы растаған төлемдер: {all} ішінен {n}.","confirmations.proof":"Оның ішінде өздері қол қойған немесе құжатпен расталған (дәлел болып саналады): {n}.","confirmations.recorded":"Оның ішінде біз жазған, яғни біздің сөзіміз ғана, дәлел емес: {n}.","hidden":"Не көрсетілді, не жасырын қалды","hiddenNote":"Жасырын дерек жазбада тұздалған таңба түрінде тұр. Оны кейін, мысалы сотқа, ашуға болады, ал оған дейін өзгерту мүмкін емес.","shown":"Мұнда көрсетілді","ofAll":"Жазбада барлығы","hidden.lines":"Банк жолдары (күні мен сомасы)","hidden.destinations":"Әр банк жолының қайда жатқызылғаны","hidden.gifts":"Жатқызудың толық мәліметі (сома, негіз)","hidden.donor":"Ақша жіберушілер","hidden.memo":"Төлем мәтіндері","hidden.reference":"Банк нөмірлері","hidden.payee":"Төлем алушылар","hidden.receipt":"Түбіртектер","hiddenOther":"Өзге жасырын өрістер бос өрістермен араластырылған, сондықтан олардың нақты саны көрінбейді.","proves":"Бұл нені дәлелдейді","proves.whole":"Журналдың осы сәттегі барлық {n} жазбасы досьеде бар: ештеңе қалдырылмаған.","proves.part":"Досьеде журналдың {size} жазбасының {n} жазбасы бар. Нөмірленген ақша ағындары үзіліссіз енгізілген; олардың соңғы жазбасынан кейін ештеңе жоқ екені дәлелденбейді.","proves.once":"Әр банк жолы бір реттен артық жатқызылмаған, әрқайсысының қайда жатқызылғаны көрсетілген, сондықтан мұнда одан басқа ештеңе түскен жоқ.","proves.sum":"Жоғарыдағы әр сан қол қойылған жазбалардан есептелген, және кез келген тексеру оны қайта есептейді.","witness.none":"Куәсіз: сыртқы куә тағайындалмаған, сондықтан бұл досьенің өзі қордың барлығына бір журналды көрсеткенін де, жазбаның уақытын да дәлелдемейді.","witness.some":"Сыртқы куәлер растаған: {names}.","check":"Қалай тексеруге болады","check.html":"Осы қалтадағы verify.html файлын кез келген браузерде ашып (желі керек емес), zip файлды таңдаңыз.","check.python":"Немесе мынаны орындаңыз: python3 verify.py DOSSIER.zip","check.trust":"Төмендегі екі таңбаны қордың басқа жерде жариялағанымен салыстырыңыз. Тексеру бағдарламасын басқа көзден алған одан да жақсы.","genesis":"Журналдың алғашқы жазбасы","logKey":"Журнал кілті","root":"Журналдың күйі","root.text":"{size} жазба, түбірі {root}","category.lawyer":"Адвокат","category.flight":"Ұшақ билеттері","category.hotel":"Қонақүй","category.ground_travel":"Жер көлігі","category.medical":"Емдеу","category.shelter":"Баспана","category.court_fee":"Сот баждары","category.expert_opinion":"Сараптама","months":"қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан","dateForm":"{y} жылғы {d} {m}"},"ru":{"kicker":"Досье · справка о средствах","made":"{foundation}. Составлено {date}, по часам составителя.","title.appeal":"Сколько поступило на сбор «{title}» ({id})?","title.post":"Сколько просили в публикации {id} и сколько поступило?","title.case":"Сколько поступило по делу {id}?","title.period":"Сколько поступило с {from} по {to}?","answer.received":"Поступило {amount} (пожертвований: {n}).","answer.nothing":"Ничего не поступило.","answer.returned":"Возвращено жертвователям {amount}.","answer.spent":"Израсходовано {amount}.","answer.covered":"Из них {amount} — за счёт общих средств фонда.","ended":"«{name}»: сбор завершён {date}, {reason}.","ended.goal-reached":"цель достигнута","ended.need-fell-away":"помощь больше не нужна","ended.other":"по другой причине","and":" и ","none":"нет","claim":"Утверждение","claim.asserted":"Утверждается: {claim}","claim.found":"По записям: {found}","said.raised":"поступило {amount}","said.spent":"израсходовано {amount}","said.returned":"возвращено {amount}","said.covered":"из общих средств оплачено {amount}","said.left":"осталось {amount}","claim.agrees":"Утверждение совпадает с записями.","claim.differs":"Утверждение не совпадает с записями.","figures":"В цифрах","figuresNote":"Каждая валюта — отдельной строкой; валюты не складываются. «Поступило» — до вычета возвратов: возвращённое стоит рядом.","currency":"Валюта","received":"Поступило","gifts":"Пожертвований","returned":"Возвращено","spent":"Израсходовано","covered":"Из общих средств","left":"Остаток","leftInPeriod":"Изменение","byAppeal":"По сборам","appeal":"Сбор","asked":"Сколько просили","askedNote":"Публикация просит, но ничего не получает. Репост просит о тех же деньгах ещё раз. Поэтому цели не складываются и поступлениями не считаются.","askedNone":"Публикаций с целью по этому вопросу в записях нет.","post":"Публикация","kind":"Вид","kind.post":"публикация","kind.repost":"репост","published":"Опубликовано","target":"Цель","categories":"На что израсходовано","category":"Статья","amount":"Сумма","payments":"Платежи","date":"Дата","payment":"Платёж","approval":"Одобрено","confirmed":"Подтверждено","approval.outside":"вне этих записей","approval.members":"двумя членами фонда","related.staff":"выплачено сотруднику","related.officer":"выплачено должностному лицу фонда","related.relative":"выплачено родственнику","role.lawyer":"адвокат","role.beneficiary":"получатель помощи","how.signed":"подпись","how.attested":"документ","how.recorded":"записано нами","confirmations":"Кто подтвердил","payments.bank":"Платежей, которым соответствует показанное здесь списание банка: {n} из {all}. Его нет у наличных и у того, что ещё не попало в выписку.","confirmations.both":"Платежей, подтверждённых адвокатом и получателем помощи: {n} из {all}.","confirmations.proof":"Из них подписано ими или подтверждено документом, что считается доказательством: {n}.","confirmations.recorded":"Из них записано нами, то есть с наших слов и без доказательства: {n}.","hidden":"Что показано и что остаётся скрытым","hiddenNote":"Скрытое записано в виде отпечатка с солью. Его можно раскрыть позже, например суду, а изменить до тех пор нельзя.","shown":"Показано здесь","ofAll":"Всего в записях","hidden.lines":"Строки банка (дата и сумма)","hidden.destinations":"Куда отнесена каждая строка банка","hidden.gifts":"Подробности отнесения (сумма, основание)","hidden.donor":"Жертвователи","hidden.memo":"Назначения платежей","hidden.reference":"Банковские номера","hidden.payee":"Получатели платежей","hidden.receipt":"Чеки","hiddenOther":"Прочие скрытые поля перемешаны с пустыми, поэтому их точное число не видно.","proves":"Что этим доказано","proves.whole":"В досье вошли все записи журнала на этот момент, числом {n}: ничего не пропущено.","proves.part":"В досье вошло записей: {n} из {size}. Пронумерованные денежные потоки вошли без пропусков; что после их последней записи ничего нет, не доказано.","proves.once":"Каждая строка банка отнесена не более одного раза, и показано, куда отнесена каждая, так что ничто другое сюда не поступило.","proves.sum":"Каждая цифра выше вычислена из подписанных записей, и любая проверка вычисляет её заново.","witness.none":"Без свидетелей: внешний свидетель не назначен, поэтому само досье не доказывает ни того, что фонд всем показывал один и тот же журнал, ни времени записи.","witness.some":"Заверено внешними свидетелями: {names}.","check":"Как проверить","check.html":"Откройте verify.html из этой же папки в любом браузере, сеть не нужна, и выберите zip-файл.","check.python":"Или выполните: python3 verify.py DOSSIER.zip","check.trust":"Сверьте два отпечатка ниже с теми, что фонд опубликовал в другом месте. Ещё лучше взять программу проверки из другого источника.","genesis":"Первая запись журнала","logKey":"Ключ журнала","root":"Состояние журнала","root.text":"записей: {size}, корень {root}","category.lawyer":"Адвокат","category.flight":"Авиабилеты","category.hotel":"Гостиницы","category.ground_travel":"Наземный транспорт","category.medical":"Лечение","category.shelter":"Убежище","category.court_fee":"Судебные пошлины","category.expert_opinion":"Экспертизы","months":"января февраля марта апреля мая июня июля августа сентября октября ноября декабря","dateForm":"{d} {m} {y} г."},"en":{"kicker":"Dossier · statement of account","made":"{foundation}. Made on {date}, by the maker’s clock.","title.appeal":"How much came in for “{title}” ({id})?","title.post":"What did post {id} ask for, and what came in?","title.case":"How much came in for case {id}?","title.period":"How much came in from {from} to {to}?","answer.received":"{amount} came in (gifts: {n}).","answer.nothing":"Nothing came in.","answer.returned":"{amount} was returned to donors.","answer.spent":"{amount} was spent.","answer.covered":"{amount} of that was paid from the foundation’s general funds.","ended":"“{name}” ended on {date}: {reason}.","ended.goal-reached":"its goal was reached","ended.need-fell-away":"the help is no longer needed","ended.other":"another reason","and":" and ","none":"none","claim":"The claim","claim.asserted":"Claimed: {claim}","claim.found":"The record shows: {found}","said.raised":"{amount} came in","said.spent":"{amount} was spent","said.returned":"{amount} was returned","said.covered":"{amount} was paid from general funds","said.left":"{amount} is left","claim.agrees":"The claim agrees with the record.","claim.differs":"The claim does not agree with the record.","figures":"In figures","figuresNote":"Each currency stands on its own line; currencies are never added together. “Received” is gross: what was returned stands beside it.","currency":"Currency","received":"Received","gifts":"Gifts","returned":"Returned","spent":"Spent","covered":"From general funds","left":"Left","leftInPeriod":"Change","byAppeal":"By appeal","appeal":"Appeal","asked":"What was asked for","askedNote":"A post asks; it receives nothing. A repost asks for the same money once more. Targets are therefore never added up and never counted as received.","askedNone":"No post with a target is on the record for this question.","post":"Post","kind":"Kind","kind.post":"post","kind.repost":"repost","published":"Published","target":"Target","categories":"What it was spent on","category":"Category","amount":"Amount","payments":"Payments","date":"Date","payment":"Payment","approval":"Approved","confirmed":"Confirmed","approval.outside":"outside this record","approval.members":"by two members","related.staff":"paid to a member of staff","related.officer":"paid to an officer of the foundation","related.relative":"paid to a relative","role.lawyer":"lawyer","role.beneficiary":"beneficiary","how.signed":"signed","how.attested":"by a document","how.recorded":"recorded by us","confirmations":"Who confirmed it","payments.bank":"Payments that match a bank debit shown here: {n} of {all}. Cash, and what no statement has shown yet, has none.","confirmations.both":"Payments confirmed by lawyer and beneficiary: {n} of {all}.","confirmations.proof":"Of these, signed by them or attested by a document, which counts as proof: {n}.","confirmations.recorded":"Of these, recorded by us, which is our word and no proof: {n}.","hidden":"What is shown and what stays hidden","hiddenNote":"What stays hidden is in the record behind a salted digest. It can be opened later, to a court for example, and cannot be changed until then.","shown":"Shown here","ofAll":"In the record","hidden.lines":"Bank lines (date and amount)","hidden.destinations":"Where each bank line went","hidden.gifts":"Details of an attribution (amount, ground)","hidden.donor":"Donors","hidden.memo":"Payment texts","hidden.reference":"Bank references","hidden.payee":"Payees","hidden.receipt":"Receipts","hiddenOther":"Other hidden fields are counted with decoys, so their true number is not shown.","proves":"What this proves","proves.whole":"All {n} entries of the log as it stood are in this dossier: nothing was left out.","proves.part":"This dossier holds {n} of the {size} entries of the log. The numbered streams of money are in it without a gap; that nothing follows their last entry is not proven.","proves.once":"Every bank line was attributed at most once, and the destination of every attributed line is shown, so that nothing else went to this question.","proves.sum":"Every figure above is computed from the signed entries, and any verifier computes it again.","witness.none":"Not witnessed: no outside witness was appointed, so this dossier alone does not prove that the foundation showed everyone the same log, nor when an entry was made.","witness.some":"Witnessed from outside: {names}.","check":"How to check","check.html":"Open verify.html from the same folder in any browser, without a network, and choose the zip file.","check.python":"Or run: python3 verify.py DOSSIER.zip","check.trust":"Compare the two fingerprints below with those that the foundation has published elsewhere. Better still, take the verifier from another source.","genesis":"First entry of the log","logKey":"Key of the log","root":"State of the log","root.text":"{size} entries, root {root}","category.lawyer":"Lawyer","category.flight":"Flights","category.hotel":"Hotels","category.ground_travel":"Travel by land","category.medical":"Medical care","category.shelter":"Shelter","category.court_fee":"Court fees","category.expert_opinion":"Expert opinions","months":"January February March April May June July August September October November December","dateForm":"{d} {m} {y}"}},"template":"<!doctype html>\n<html lang=\"{{lang}}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{{title}}</title>\n<style>\n:root{--ink:#1c2321;--soft:#5a6663;--line:#d9dfdc;--paper:#fff;--wash:#f4f6f4;--key:#0f5c4d;--keywash:#e9f2ee;--warn:#8a4b00;--warnwash:#fbf1e2}\n@media (prefers-color-scheme:dark){:root{--ink:#e6ebe8;--soft:#9daaa5;--line:#33403b;--paper:#151b19;--wash:#1d2522;--key:#7fd1bb;--keywash:#19302a;--warn:#f0b866;--warnwash:#33270f}}\n*{box-sizing:border-box}\nhtml{-webkit-text-size-adjust:100%}\nbody{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\nmain{max-width:54rem;margin:0 auto;padding:2.5rem 1.5rem 3rem}\n.kicker{margin:0;color:var(--key);font-weight:600;letter-spacing:.01em}\nh1{margin:.35rem 0 .5rem;font-size:clamp(1.5rem,1.1rem + 2vw,2.15rem);line-height:1.22;font-weight:650;text-wrap:balance}\n.made{margin:0 0 1.5rem;color:var(--soft);font-size:.94rem}\n.answer{margin:0 0 1.25rem;padding:1.25rem 1.5rem;background:var(--keywash);border-left:4px solid var(--key);border-radius:0 8px 8px 0}\n.answer p{margin:0}\n.answer .first{font-size:clamp(1.2rem,1rem + 1.1vw,1.5rem);line-height:1.35;font-weight:600}\n.answer .more{margin-top:.4rem}\n.claim{margin:0 0 1.25rem;padding:1.1rem 1.5rem;background:var(--wash);border-radius:8px}\n.claim h2{margin:0 0 .3rem}\n.claim p{margin:.15rem 0}\n.claim .differs{color:var(--warn);font-weight:600}\n.claim .agrees{color:var(--key);font-weight:600}\n.unwitnessed{margin:0 0 1.25rem;padding:.8rem 1.5rem;background:var(--warnwash);border-radius:8px;font-size:.94rem}\nh2{margin:2.4rem 0 .6rem;font-size:1.2rem;line-height:1.3;font-weight:650}\np{margin:.5rem 0}\n.note{color:var(--soft);font-size:.92rem;max-width:46rem}\n.wide{overflow-x:auto}\ntable{width:100%;border-collapse:collapse;font-size:.95rem}\nth{padding:.45rem .9rem .45rem 0;text-align:left;vertical-align:bottom;color:var(--soft);font-weight:500;font-size:.88rem;border-bottom:1px solid var(--line)}\ntd{padding:.5rem .9rem .5rem 0;vertical-align:top;border-bottom:1px solid var(--line)}\nth:last-child,td:last-child{padding-right:0}\n.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n.d{white-space:nowrap}\ntd small{display:block;color:var(--soft);font-size:.86rem}\nul{margin:.5rem 0;padding-left:1.2rem}\nli{margin:.3rem 0}\ndl{margin:.8rem 0 0;font-size:.9rem}\ndt{color:var(--soft);margin-top:.5rem}\ndd{margin:0;font-family:ui-monospace,\"Cascadia Mono\",Menlo,Consolas,monospace;font-size:.84rem;overflow-wrap:anywhere}\n@media (max-width:36rem){main{padding:1.5rem 1.1rem 2.5rem}\n.stack thead{display:none}\n.stack tr{display:block;padding:.55rem 0;border-bottom:1px solid var(--line)}\n.stack td{display:flex;justify-content:space-between;gap:1.2rem;padding:.16rem 0;border:0;text-align:right}\n.stack td::before{content:attr(data-l);color:var(--soft);text-align:left;font-variant-numeric:normal;white-space:normal}}\n@media print{@page{size:A4;margin:18mm 16mm}\n:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--wash:#fff;--key:#000;--keywash:#fff;--warn:#000;--warnwash:#fff}\nbody{font-size:10.5pt}main{max-width:none;padding:0}\n.answer,.claim,.unwitnessed{border:1px solid #888;border-left-width:3px;border-radius:0;padding:.8rem 1rem}\nh2{break-after:avoid;margin-top:1.5rem}tr,.answer,.claim{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}}\n</style>\n</head>\n<body>\n<main>\n<p class=\"kicker\">{{l.kicker}}</p>\n<h1>{{title}}</h1>\n<p class=\"made\">{{made}}</p>\n<div class=\"answer\"><p class=\"first\">{{answer}}</p>{{#more}}<p class=\"more\">{{more}}</p>{{/more}}{{#ended}}<p class=\"more\">{{.}}</p>{{/ended}}</div>\n{{#claim}}<section class=\"claim\"><h2>{{l.claim}}</h2><p>{{asserted}}</p><p>{{found}}</p><p class=\"{{kind}}\">{{result}}</p></section>\n{{/claim}}{{#unwitnessed}}<p class=\"unwitnessed\">{{unwitnessed}}</p>\n{{/unwitnessed}}<section>\n<h2>{{l.figures}}</h2>\n<table class=\"stack\"><thead><tr><th>{{l.currency}}</th><th class=\"n\">{{l.received}}</th><th class=\"n\">{{l.gifts}}</th><th class=\"n\">{{l.returned}}</th><th class=\"n\">{{l.spent}}</th><th class=\"n\">{{l.covered}}</th><th class=\"n\">{{leftName}}</th></tr></thead>\n<tbody>\n{{#figures}}<tr><td data-l=\"{{l.currency}}\">{{currency}}</td><td class=\"n\" data-l=\"{{l.received}}\">{{received}}</td><td class=\"n\" data-l=\"{{l.gifts}}\">{{gifts}}</td><td class=\"n\" data-l=\"{{l.returned}}\">{{returned}}</td><td class=\"n\" data-l=\"{{l.spent}}\">{{spent}}</td><td class=\"n\" data-l=\"{{l.covered}}\">{{covered}}</td><td class=\"n\" data-l=\"{{leftName}}\">{{left}}</td></tr>\n{{/figures}}</tbody></table>\n<p class=\"note\">{{l.figuresNote}}</p>\n</section>\n<section>\n<h2>{{l.asked}}</h2>\n{{#anyAsked}}<table class=\"stack\"><thead><tr><th>{{l.post}}</th><th>{{l.kind}}</th><th>{{l.published}}</th><th>{{l.appeal}}</th><th class=\"n\">{{l.target}}</th></tr></thead>\n<tbody>\n{{#asked}}<tr><td data-l=\"{{l.post}}\">{{post}}</td><td data-l=\"{{l.kind}}\">{{kind}}</td><td class=\"d\" data-l=\"{{l.published}}\">{{date}}</td><td data-l=\"{{l.appeal}}\">{{appeal}}</td><td class=\"n\" data-l=\"{{l.target}}\">{{target}}</td></tr>\n{{/asked}}</tbody></table>\n<p class=\"note\">{{l.askedNote}}</p>\n{{/anyAsked}}{{^anyAsked}}<p class=\"note\">{{l.askedNone}}</p>\n{{/anyAsked}}</section>\n{{#anyAppeals}}<section>\n<h2>{{l.byAppeal}}</h2>\n<table class=\"stack\"><thead><tr><th>{{l.appeal}}</th><th class=\"n\">{{l.received}}</th><th class=\"n\">{{l.returned}}</th><th class=\"n\">{{l.spent}}</th><th class=\"n\">{{l.covered}}</th><th class=\"n\">{{leftName}}</th></tr></thead>\n<tbody>\n{{#appeals}}<tr><td data-l=\"{{l.appeal}}\">{{name}}</td><td class=\"n\" data-l=\"{{l.received}}\">{{received}}</td><td class=\"n\" data-l=\"{{l.returned}}\">{{returned}}</td><td class=\"n\" data-l=\"{{l.spent}}\">{{spent}}</td><td class=\"n\" data-l=\"{{l.covered}}\">{{covered}}</td><td class=\"n\" data-l=\"{{leftName}}\">{{left}}</td></tr>\n{{/appeals}}</tbody></table>\n</section>\n{{/anyAppeals}}{{#anySpending}}<section>\n<h2>{{l.categories}}</h2>\n<table><thead><tr><th>{{l.category}}</th><th class=\"n\">{{l.amount}}</th></tr></thead>\n<tbody>\n{{#categories}}<tr><td>{{name}}</td><td class=\"n\">{{amount}}</td></tr>\n{{/categories}}</tbody></table>\n<h2>{{l.payments}}</h2>\n<table class=\"stack\"><thead><tr><th>{{l.date}}</th><th>{{l.payment}}</th><th>{{l.approval}}</th><th>{{l.confirmed}}</th><th class=\"n\">{{l.amount}}</th></tr></thead>\n<tbody>\n{{#payments}}<tr><td class=\"d\" data-l=\"{{l.date}}\">{{date}}</td><td data-l=\"{{l.payment}}\"><span>{{category}}<small>{{id}}{{#related}} · {{related}}{{/related}}</small></span></td><td data-l=\"{{l.approval}}\">{{approval}}</td><td data-l=\"{{l.confirmed}}\"><span>{{#confirmed}}<small>{{.}}</small>{{/confirmed}}</span></td><td class=\"n\" data-l=\"{{l.amount}}\">{{amount}}</td></tr>\n{{/payments}}</tbody></table>\n</section>\n<section>\n<h2>{{l.confirmations}}</h2>\n<ul>{{#confirmations}}<li>{{.}}</li>{{/confirmations}}</ul>\n</section>\n{{/anySpending}}<section>\n<h2>{{l.hidden}}</h2>\n<table><thead><tr><th></th><th class=\"n\">{{l.shown}}</th><th class=\"n\">{{l.ofAll}}</th></tr></thead>\n<tbody>\n{{#hidden}}<tr><td>{{name}}</td><td class=\"n\">{{shown}}</td><td class=\"n\">{{all}}</td></tr>\n{{/hidden}}</tbody></table>\n<p class=\"note\">{{l.hiddenNote}} {{l.hiddenOther}}</p>\n</section>\n<section>\n<h2>{{l.proves}}</h2>\n<ul>{{#proves}}<li>{{.}}</li>{{/proves}}</ul>\n</section>\n<section>\n<h2>{{l.check}}</h2>\n<ul><li>{{l.check.html}}</li><li>{{l.check.python}}</li><li>{{l.check.trust}}</li></ul>\n<dl><dt>{{l.genesis}}</dt><dd>{{genesis}}</dd><dt>{{l.logKey}}</dt><dd>{{logKey}}</dd><dt>{{l.root}}</dt><dd>{{root}}</dd></dl>\n</section>\n</main>\n</body>\n</html>\n","readme":"Досье · Dossier\n\nKK  data/statement.kk.html — сұрақ, жауап және сандар.\n    Тексеру үшін verify.html файлын браузерде ашып, zip файлды таңдаңыз. Желі керек емес.\n    Немесе: python3 verify.py DOSSIER.zip\n\nRU  data/statement.ru.html — вопрос, ответ и цифры.\n    Чтобы проверить, откройте verify.html в браузере и выберите zip-файл. Сеть не нужна.\n    Или: python3 verify.py DOSSIER.zip\n\nEN  data/statement.en.html — the question, the answer and the figures.\n    To check them, open verify.html in a browser and choose the zip file. No network is needed.\n    Or: python3 verify.py DOSSIER.zip\n\nA BagIt 1.0 bag (RFC 8493): sha256sum -c manifest-sha256.txt\n"}""")


def fill(text, **values):
    return re.sub(r"\{([a-z]+)\}", lambda found: values.get(found.group(1), found.group(0)), text)


def day_text(day, words):
    found = re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", day)
    if not found or not 1 <= int(found.group(2)) <= 12:
        return day
    return fill(words["dateForm"], y=found.group(1), m=words["months"].split(" ")[int(found.group(2)) - 1], d=str(int(found.group(3))))


def utc_day(seconds):
    """The day of a Unix time, in the proleptic Gregorian calendar, UTC."""
    days = seconds // 86400 + 719468
    era, doe = divmod(days, 146097)
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    month = (5 * doy + 2) // 153
    day, month = doy - (153 * month + 2) // 5 + 1, month + 3 if month < 10 else month - 9
    return "%04d-%02d-%02d" % (yoe + era * 400 + (month <= 2), month, day)


def view_of(statement, claim, lang):
    words, question, totals, spending, log = RESOURCES["labels"][lang], statement["question"], statement["totals"], statement["spending"], statement["log"]

    def money(one):
        return money_text(one["currency"], int(one["minor"]), lang)

    def word(group, name):
        return words.get(group + "." + name, name)

    def said_of(text):
        try:
            minor, currency, what = parse_claim(text)
        except Refused:
            return text
        return fill(words["said." + what], amount=money_text(currency, minor, lang))

    def together(sums):
        return words["and"].join(map(money, sums)) if sums else "\u2013"

    def one(sums, currency):
        return together([each for each in sums if each["currency"] == currency])

    def sentence(name, sums):
        sums = [each for each in sums if each["minor"] != "0"]
        return [fill(words[name], amount=together(sums))] if sums else []

    def sums_of(of):
        return dict(received=together(of["raised"]), returned=together(of["refunded"]), spent=together(of["spent"]),
                    covered=together(of["coveredFromGeneral"]), left=together(of["balance"]))

    lists = [totals[name] for name in ("raised", "refunded", "spent", "coveredFromGeneral", "balance")]
    currencies = list(dict.fromkeys(each["currency"] for sums in lists for each in sums))
    if question["kind"] == "period":
        title = fill(words["title.period"], **{"from": day_text(question["from"], words), "to": day_text(question["to"], words)})
    else:
        title = fill(words["title." + question["kind"]], id=question["id"], title=statement["appeals"][0]["title"][lang])
    both = [row for row in spending if {each["role"] for each in row["confirmations"]} >= {"lawyer", "beneficiary"}]
    proven = [row for row in both if all(each["how"] != "recorded" for each in row["confirmations"])]
    gifts = sum(each["donations"] for each in totals["raised"])
    view = {"l." + name: text for name, text in words.items()}
    view.update(
        lang=lang, title=title, leftName=words["leftInPeriod" if question["kind"] == "period" else "left"],
        made=fill(words["made"], foundation=statement["foundation"]["names"][lang], date=day_text(utc_day(statement["made"]), words)),
        answer=fill(words["answer.received"], amount=together(totals["raised"]), n=str(gifts)) if totals["raised"] else words["answer.nothing"],
        more=" ".join(sentence("answer.returned", totals["refunded"]) + sentence("answer.spent", totals["spent"]) + sentence("answer.covered", totals["coveredFromGeneral"])),
        ended=[fill(words["ended"], name="%s (%s)" % (row["title"][lang], row["appeal"]), date=day_text(row["ended"]["date"], words),
                    reason=word("ended", row["ended"]["reason"])) for row in statement["appeals"] if "ended" in row],
        claim=False if claim is None else dict(
            asserted=fill(words["claim.asserted"], claim=said_of(claim["asserted"])), found=fill(words["claim.found"], found=said_of(claim["found"])),
            kind="agrees" if claim["agrees"] else "differs", result=words["claim.agrees" if claim["agrees"] else "claim.differs"]),
        unwitnessed=False if statement["witnesses"] else words["witness.none"],
        figures=[dict(currency=currency, received=one(totals["raised"], currency),
                      gifts=str(next((each["donations"] for each in totals["raised"] if each["currency"] == currency), 0)),
                      returned=one(totals["refunded"], currency), spent=one(totals["spent"], currency),
                      covered=one(totals["coveredFromGeneral"], currency), left=one(totals["balance"], currency)) for currency in currencies],
        anyAsked=bool(statement["asked"]),
        asked=[dict(post=row["post"], kind=word("kind", row["kind"]), date=day_text(row["published"], words), appeal=row["appeal"], target=money(row)) for row in statement["asked"]],
        anyAppeals=len(statement["appeals"]) > 1,
        appeals=[dict(sums_of(row), name="%s (%s)" % (row["title"][lang], row["appeal"])) for row in statement["appeals"]],
        anySpending=bool(spending),
        categories=[dict(name=word("category", category), amount=money_text(currency, int(minor), lang))
                    for currency, of in totals["spentByCategory"].items() for category, minor in of.items()],
        payments=[dict(date="\u2013" if row["date"] is None else day_text(row["date"], words), id=row["id"], category=word("category", row["category"]),
                       approval=word("approval", row["approval"]), related=False if row["related"] is None else word("related", row["related"]),
                       confirmed=["%s: %s" % (word("role", each["role"]), word("how", each["how"])) for each in row["confirmations"]] or ["\u2013"],
                       amount=money(row)) for row in spending],
        confirmations=[fill(words["payments.bank"], n=str(sum(row["settled"] for row in spending)), all=str(len(spending))),
                       fill(words["confirmations.both"], n=str(len(both)), all=str(len(spending))), fill(words["confirmations.proof"], n=str(len(proven))),
                       fill(words["confirmations.recorded"], n=str(len(both) - len(proven)))],
        hidden=[dict(name=word("hidden", name), shown=str(row["opened"]), all=str(row["all"])) for name, row in statement["hidden"].items()],
        proves=[fill(words["proves.whole" if log["entries"] == log["size"] else "proves.part"], n=str(log["entries"]), size=str(log["size"]))]
        + ([words["proves.once"]] if log["entries"] == log["size"] else []) + [words["proves.sum"]]
        + ([fill(words["witness.some"], names=", ".join(statement["witnesses"]))] if statement["witnesses"] else []),
        genesis=statement["foundation"]["genesis"], logKey=statement["foundation"]["log"],
        root=fill(words["root.text"], size=str(log["size"]), root=log["root"]))
    return view


TAG = re.compile(r"\{\{([#^/]?)([A-Za-z.]+)\}\}")
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def render(template, view):
    """The part of Mustache that the statement needs: values, sections, inverted sections."""
    stack, opened, at = [[]], [], 0
    for found in TAG.finditer(template):
        stack[-1].append(("text", template[at:found.start()], None))
        at = found.end()
        sign, name = found.groups()
        if sign == "":
            stack[-1].append(("value", name, None))
        elif sign == "/":
            body = stack.pop()
            kind, name = opened.pop()
            stack[-1].append((kind, name, body))
        else:
            opened.append((sign, name))
            stack.append([])
    stack[-1].append(("text", template[at:], None))
    out = []
    write(stack[0], [view], out)
    return "".join(out)


def write(nodes, contexts, out):
    for kind, text, body in nodes:
        if kind == "text":
            out.append(text)
            continue
        value = contexts[-1] if text == "." else next((each[text] for each in reversed(contexts) if isinstance(each, dict) and text in each), False)
        if kind == "value":
            out.append(re.sub("[&<>\"']", lambda found: ESCAPES[found.group(0)], value) if isinstance(value, str) else "")
            continue
        items = value if isinstance(value, list) else [] if value is False or value == "" else [value]
        if kind == "#":
            for item in items:
                write(body, contexts + [item], out)
        elif not items:
            write(body, contexts, out)


# --- all together -------------------------------------------------------------------------------------------------

CODES = [("bag.zip", ""), ("bag.form", "files"), ("bag.files", "files"), ("bag.manifest", "files"), ("policy.form", ""), ("checkpoint.form", ""),
         ("checkpoint.signature", ""), ("policy.quorum", ""), ("entry.included", "entries"), ("log.whole", ""), ("entry.form", "entries"), ("entry.genesis", "entries"),
         ("entry.key", "entries"), ("entry.signature", "entries"), ("stream.chain", "entries"), ("anchor", "entries"), ("disclosure.digest", "files"),
         ("entry.fields", "entries"), ("statement.parts", "statements"), ("nullifier.once", "lines"), ("line.once", "lines"), ("attribution.opened", "lines"),
         ("attribution.sum", "lines"), ("payment.once", "payments"), ("refund.opened", "refunds"), ("cover.opened", "covers"), ("close.restated", "closes"), ("statement.form", "")] + [
             ("figures." + name, "") for name in FIGURES] + [("statement.text", "files"), ("claim", "")]


class Checks(dict):
    """All checks in their order; those that were never reached say so."""

    def __init__(self):
        super().__init__((code, Check(code, unit)) for code, unit in CODES)
        self.reached = set()

    def __getitem__(self, code):
        self.reached.add(code)
        return super().__getitem__(code)

    def evidence_holds(self):
        return all(code.startswith("bag.") or self[code].good for code in list(self.reached))

    def report(self, claim=None, figures=None, question=None):
        for code, check in self.items():
            if code not in self.reached:
                check.unknown("what it rests on did not hold")
        lines = [line for check in self.values() for line in check.lines()]
        verdicts = {line["verdict"] for line in lines}
        verdict = BROKEN if BROKEN in verdicts else UNKNOWN if UNKNOWN in verdicts else HELD
        return dict(verdict=verdict, checks=lines, claim=claim), figures, question


def check_files(files, own_policy=None):
    """Every check of spec/dossier.md, in order, whatever the first fault is."""
    checks = Checks()
    checks["bag.zip"].ok()
    check_bag(files, checks["bag.form"], checks["bag.files"], checks["bag.manifest"])

    policy = checkpoint = None
    for code in ("policy.form", "checkpoint.form"):
        try:
            if code == "policy.form":
                policy = parse_policy(files.get("data/policy.txt", b"") if own_policy is None else own_policy)
            else:
                checkpoint = parse_checkpoint(files.get("data/checkpoint", b""))
            checks[code].ok()
        except Refused as why:
            checks[code].broken("", str(why))
    if policy is None or checkpoint is None:
        return checks.report()
    witnesses = check_checkpoint(checkpoint, policy, checks)
    if witnesses is None:
        return checks.report()

    names = sorted(name for name in files if re.fullmatch(r"data/entries/[0-9]{8}\.jwt", name))
    entries = check_entries(files, names, checkpoint, policy["log"]["text"], checks)
    checks["entry.included"]
    disclosures = check_disclosures(files, entries, checks["disclosure.digest"])
    if not checks.evidence_holds():
        return checks.report()

    facts = []
    for entry in entries.values():
        if entry.type not in STREAMS:
            continue
        try:
            need((entry.stream[0] if entry.stream else None) == STREAMS[entry.type], "does not stand in the stream of its type")
            fact = parse_fact(entry)
            if fact is not None:
                facts.append((entry, fact))
            checks["entry.fields"].ok()
        except Refused as why:
            checks["entry.fields"].broken(entry.index, str(why))
    checks["entry.fields"]
    try:
        statement = read_statement(files.get("data/statement.json", b""))
        checks["statement.form"].ok()
    except Refused as why:
        checks["statement.form"].broken("", str(why))
        return checks.report()
    if not checks["entry.fields"].good:
        return checks.report()
    question = statement["question"]
    scope = scope_of(question, facts)
    rows = check_lines(facts, set(scope), checks)
    check_payments(facts, rows, checks["payment.once"])
    check_covers(facts, set(scope), checks["cover.opened"])
    check_closes(facts, set(scope), checks["close.restated"])
    if not scope or 0 not in entries:
        checks["statement.form"].broken("", "the record does not know what is asked about")
    if not checks.evidence_holds():
        return checks.report(question=question)
    figures = compute_figures(question, facts, scope, dict(
        genesis=entries[0].name, log_key=entries[0].pub["log"], origin=checkpoint["origin"], size=checkpoint["size"],
        root=base64.b64encode(checkpoint["root"]).decode("ascii"), entries=len(entries), disclosures=disclosures, witnesses=witnesses, totals=checks["figures.totals"], rows=list(rows.values())))
    undated = not checks["figures.totals"].good
    for name in FIGURES:
        if not checks["figures." + name].good:
            continue
        if json.dumps(statement[name]) == json.dumps(figures[name]):
            checks["figures." + name].ok()
        else:
            checks["figures." + name].broken("", "not what the entries say")
    claim = None
    if statement["claim"] is None:
        checks["claim"].note = "nothing is claimed"
    else:
        try:
            parse_claim(statement["claim"])
            need(not undated, "the figure that it is about could not be checked")
            claim = answer_claim(statement["claim"], figures["totals"])
            checks["claim"].note = "the claim agrees with the entries" if claim["agrees"] else "the claim does not agree with the entries"
        except Refused as why:
            checks["claim"].unknown(str(why))
    if checks.evidence_holds():
        shown = dict(statement, **figures)
        pages = {"README.txt": RESOURCES["readme"]}
        pages.update(("data/statement.%s.html" % lang, render(RESOURCES["template"], view_of(shown, claim, lang))) for lang in LANGS)
        for name, text in pages.items():
            if files.get(name) == text.encode("utf-8"):
                checks["statement.text"].ok()
            else:
                checks["statement.text"].broken(name, "not the page that the figures give")
    return checks.report(claim, figures, question)


def check_zip(blob, own_policy=None):
    try:
        files = read_zip(blob)
    except Refused as why:
        checks = Checks()
        checks["bag.zip"].broken("", str(why))
        return checks.report()
    return check_files(files, own_policy)


EXIT = {HELD: 0, BROKEN: 1, UNKNOWN: 3}
SAYS = {HELD: "EVERYTHING HELD", BROKEN: "BROKEN: do not rely on this dossier", UNKNOWN: "SOMETHING COULD NOT BE CHECKED"}


def main(arguments):
    options = [one for one in arguments if one.startswith("--")]
    paths = [one for one in arguments if not one.startswith("--")]
    if any(one not in ("--json",) for one in options) or len(paths) > 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        if paths and not os.path.isdir(paths[0]):
            with open(paths[0], "rb") as handle:
                blob = handle.read(BYTES_MAX + 1)
            report, figures, question = check_zip(blob)
        else:
            report, figures, question = check_files(read_folder(paths[0] if paths else os.path.dirname(os.path.abspath(__file__))))
    except Refused as why:
        print("cannot check: %s" % why, file=sys.stderr)
        return 2
    except OSError as why:
        print("cannot read it: %s" % why.strerror, file=sys.stderr)
        return 2
    if "--json" in options:
        sys.stdout.buffer.write((json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
        return EXIT[report["verdict"]]
    out = [SAYS[report["verdict"]], ""]
    for line in report["checks"]:
        mark = {HELD: "  held  ", BROKEN: "BROKEN  ", UNKNOWN: "  ?     "}[line["verdict"]]
        out.append(mark + line["code"].ljust(22) + (line["subject"] + ("  " if line["reason"] else "") + line["reason"]).strip())
    if figures is not None:
        out.append("")
        for name, sums in (("received", "raised"), ("returned", "refunded"), ("spent", "spent"), ("covered", "coveredFromGeneral"), ("left", "balance")):
            for each in figures["totals"][sums]:
                out.append("%-10s %s" % (name, money_text(each["currency"], int(each["minor"]), "en")))
        if report["claim"] is not None:
            out += ["", "claimed    %s" % report["claim"]["asserted"], "found      %s" % report["claim"]["found"],
                    "the claim %s" % ("agrees" if report["claim"]["agrees"] else "does NOT agree")]
        out += ["", "Whose log this is: compare these with what the foundation published.",
                "genesis    %s" % figures["foundation"]["genesis"], "log key    %s" % figures["foundation"]["log"]]
        if not figures["witnesses"]:
            out += ["", "Not witnessed: no outside witness vouches that everyone was shown this same log."]
    sys.stdout.buffer.write(("\n".join(out) + "\n").encode("utf-8", "replace"))
    return EXIT[report["verdict"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
