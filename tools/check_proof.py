#!/usr/bin/env python3
"""Checks a proof that `varne prove` wrote, with nothing of Varne: check_proof.py PROOF.json [--key KEY] [--head HEAD]

The hashes are RFC 6962's, the signatures Ed25519 (RFC 8032), written out here in whole numbers of Python.
"""
import hashlib
import json
import sys

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # the field; the order of the base point
D = -121665 * pow(121666, -1, P) % P


def add(a, b):  # two points of the curve, as x, y and 1
    x, y, p, q = a[0] * b[1], a[1] * b[0], a[0] * b[0], a[1] * b[1]
    d = D * p * q % P
    return (x + y) * pow(1 + d, -1, P) % P, (q + p) * pow(1 - d, -1, P) % P


def times(n, point):
    total = (0, 1)
    while n:
        total, point, n = add(total, point) if n & 1 else total, add(point, point), n >> 1
    return total


def point(data):
    n = int.from_bytes(data, "little")
    y, sign = n % 2**255, n >> 255
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if x * x % P == x2 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != x2 or (x == 0 and sign):
        raise ValueError("no point of the curve")
    return (x if x & 1 == sign else P - x), y


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(key, text, signature):
    key, signature = bytes.fromhex(key), bytes.fromhex(signature)
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(r + key + text.encode()).digest(), "little") % Q
    return len(signature) == 64 and s < Q and times(s, BASE) == add(point(r), times(h, point(key)))


def root(leaf, index, size, path):  # RFC 9162, 2.1.3.2
    at, last, value = index, size - 1, hashlib.sha256(b"\0" + leaf).digest()
    for beside in map(bytes.fromhex, path):
        if last == 0:
            return None
        if at & 1 or at == last:
            value = hashlib.sha256(b"\1" + beside + value).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\1" + value + beside).digest()
        at, last = at >> 1, last >> 1
    return value.hex() if last == 0 else None


def goes_on(first, first_root, second, path):  # RFC 9162, 2.1.4.2: what the hashes make of both roots
    at, last, rest = first - 1, second - 1, list(map(bytes.fromhex, path))
    if not 1 <= first <= second:
        return None, None
    if first == second:  # nothing came after it
        return (first_root, first_root) if not rest else (None, None)
    while at & 1:
        at, last = at >> 1, last >> 1
    if at and not rest:
        return None, None
    one = two = rest.pop(0) if at else bytes.fromhex(first_root)
    for beside in rest:
        if last == 0:
            return None, None
        if at & 1 or at == last:
            one = hashlib.sha256(b"\1" + beside + one).digest()
            two = hashlib.sha256(b"\1" + beside + two).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            two = hashlib.sha256(b"\1" + two + beside).digest()
        at, last = at >> 1, last >> 1
    return (one.hex(), two.hex()) if last == 0 else (None, None)


def check(proof, noted=None, noted_head=None):
    """What is wrong with it, or None."""
    head, key, keys = json.loads(proof["head"]), None, []
    for item in proof["keys"]:
        change = json.loads(item["change"])
        if change["by"] != (key or change["key"]) or not signed(change["by"], item["change"], item["signature"]):
            return "a key is not vouched for by the one before it"
        key = change["key"]
        keys.append(key)
    if noted and noted not in keys:
        return "the noted key did not sign this record"
    if head["key"] != key or not signed(key, proof["head"], proof["signature"]):
        return "the head is not signed by the record's key"
    if "since" in proof:
        if noted_head and noted_head != f"{proof['since']}:{proof['since_root']}":
            return "it goes on from another head than the one noted"
        roots = goes_on(proof["since"], proof["since_root"], head["size"], proof["path"])
        return None if roots == (proof["since_root"], head["root"]) else "the path does not lead from one head to the other"
    if noted_head:
        return "it is of one entry: --head is for a proof that a record goes on (varne prove --since)"
    if json.loads(proof["entry"])["number"] != proof["index"] + 1 or not 0 <= proof["index"] < head["size"]:
        return "the index is not that of the entry"
    if root(proof["entry"].encode(), proof["index"], head["size"], proof["path"]) != head["root"]:
        return "the path does not lead from the entry to the head"
    return None


if __name__ == "__main__":
    options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
    if len(sys.argv) != 2 + 2 * len(options) or not options.keys() <= {"--key", "--head"}:
        sys.exit(__doc__)
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            proof = json.load(file)
        wrong = check(proof, options.get("--key"), options.get("--head"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        wrong = f"cannot be read ({error})"
    if wrong:
        print(f"{sys.argv[1]}: NOT proven: {wrong}")
        sys.exit(1)
    head = json.loads(proof["head"])
    whose = f"the record of {head['size']} entries signed at {head['time']} by {head['key']}"
    if "since" in proof:
        print(f"proven: {whose} holds unchanged all that {proof['since']}:{proof['since_root']} stood for")
    else:
        print(f"proven: {proof['entry']}\nstands in {whose}")
    if "--key" not in options:
        print("Compare the key with the one that the desk noted, or give it with --key.")
    if "since" in proof and "--head" not in options:
        print("Compare the earlier head with the one that you noted, or give it with --head.")
