#!/usr/bin/env python3
"""Makes the corpus of fuzz/sea/grib.cpp: the smallest GRIB files that reach each part of the reader, byte by byte after
WMO's Manual on Codes (FM 92, editions 1 and 2).

    fuzz/corpus/make_grib.py      into fuzz/corpus/grib
"""
import pathlib
import struct

HERE = pathlib.Path(__file__).resolve().parent / "grib"
MISSING = 0xFFFFFFFF


def signed(value, octets):
    """Sign and magnitude, as both editions have it."""
    return (abs(value) | (value < 0) << (8 * octets - 1)).to_bytes(octets, "big")


def section(number, body):
    return struct.pack(">IB", len(body) + 5, number) + body


def latlon(columns=3, rows=3, scanning=0):
    """Template 3.0: 1 to 2 E, 51.5 to 50.5 N, from north to south unless the scanning mode says otherwise."""
    first, last = (50.5, 51.5) if scanning & 64 else (51.5, 50.5)
    micro = [signed(round(1e6 * v), 4) for v in (first, 1, last, 2, 0.5, 0.5)]
    return section(3, struct.pack(">BIBBH", 0, columns * rows, 0, 0, 0) + bytes([6]) + bytes(15) +
                   struct.pack(">IIII", columns, rows, 0, MISSING) + micro[0] + micro[1] + bytes([48]) + b"".join(micro[2:]) +
                   bytes([scanning]))


def lambert(columns=3, rows=3):
    """Template 3.30, components along the grid's axes."""
    place = signed(50_000_000, 4) + signed(1_000_000, 4) + bytes([8]) + signed(50_000_000, 4) + signed(2_000_000, 4)
    return section(3, struct.pack(">BIBBH", 0, columns * rows, 0, 0, 30) + bytes([6]) + bytes(15) + struct.pack(">II", columns, rows) +
                   place + struct.pack(">II", 5_000_000, 5_000_000) + bytes([0, 64]) +
                   b"".join(signed(v, 4) for v in (50_000_000, 50_000_000, -90_000_000, 0)))


def product(category, number, hour=0, surface=103, level=10, member=None):
    """Template 4.0, or 4.1 of an ensemble."""
    body = struct.pack(">HHBBBBBHBBI", 0, 0 if member is None else 1, category, number, 2, 0, 0, 0, 0, 1, hour)
    body += struct.pack(">BBIBBI", surface, 0, level, 255, 255, MISSING)
    return section(4, body + (b"" if member is None else bytes([0, member, 2])))


def data(values, bits=8, missing=()):
    """Template 5.0 with a bitmap where points are missing."""
    kept = [v for i, v in enumerate(values) if i not in missing]
    packed = bytes(kept) if bits == 8 else b""
    bitmap = b""
    if missing:
        text = "".join("0" if i in missing else "1" for i in range(len(values)))
        bitmap = int(text.ljust(16, "0"), 2).to_bytes(2, "big")
    return (section(5, struct.pack(">IHf", len(kept), 0, 0.0) + bytes(4) + bytes([bits, 0])) +
            section(6, (bytes([0]) + bitmap) if missing else bytes([255])) + section(7, packed))


def complex_data(values):
    """Template 5.3, one group of differences of first order."""
    body = struct.pack(">IHf", len(values), 3, 0.0) + bytes(4) + bytes([8, 0, 1, 0]) + struct.pack(">II", MISSING, MISSING)
    body += struct.pack(">IBBIBIB", 1, 8, 0, len(values), 1, len(values), 0) + bytes([1, 1])
    return section(5, body) + section(6, bytes([255])) + section(7, bytes([values[0], 0, 0] + [1] * (len(values) + 1)))


def edition_2(*rest, discipline=0):
    time = section(1, struct.pack(">HHBBBHBBBBBBB", 7, 0, 2, 0, 1, 2021, 11, 11, 0, 0, 0, 0, 1))
    body = time + b"".join(rest) + b"7777"
    return b"GRIB" + bytes([0, 0, discipline, 2]) + (len(body) + 16).to_bytes(8, "big") + body


def edition_1(parameter, values, hour=0):
    """A wind at 10 m of table 2, simple packing of 8 bits."""
    of_3 = lambda n: n.to_bytes(3, "big")
    milli = [signed(round(1000 * v), 3) for v in (51.5, 1, 50.5, 2)]
    pds = of_3(28) + bytes([2, 7, 0, 255, 128, parameter, 105, 0, 10, 21, 11, 11, 0, 0, 1, hour, 0, 0, 0, 0, 0, 21, 0, 0, 0])
    gds = (of_3(32) + bytes([0, 255, 0, 0, 3, 0, 3]) + milli[0] + milli[1] + bytes([128]) + milli[2] + milli[3] +
           struct.pack(">HHB", 500, 500, 0) + bytes(4))
    packed = bytes(values) + bytes((11 + len(values)) % 2)
    bds = of_3(11 + len(packed)) + bytes([8 * ((11 + len(values)) % 2)]) + bytes(2) + bytes(4) + bytes([8]) + packed
    body = pds + gds + bds + b"7777"
    return b"GRIB" + of_3(len(body) + 8) + bytes([1]) + body


HERE.mkdir(exist_ok=True)
NINE = list(range(9))
TWO = ((2, 0), (3, 0), (2, 1), (3, 1))  # east and north of two hours


def hours(grid, values, category=2, parts=TWO, discipline=0, **where):
    """A message a part and hour."""
    return b"".join(edition_2(grid, product(category, part, hour, **where), values, discipline=discipline) for part, hour in parts)


SEA = {"discipline": 10, "surface": 1, "level": 0}
FILES = {
    "wind": hours(latlon(), data(NINE)),
    "as_one": edition_2(latlon(), *(part for n, hour in TWO for part in (product(2, n, hour), data(NINE)))),
    "current_with_land": hours(latlon(), data(NINE, missing=(0, 1)), category=1, **SEA),
    "polar": hours(latlon(), data(NINE), parts=((0, 0), (1, 0), (0, 1), (1, 1))),
    "members": hours(latlon(), data(NINE), member=0) + hours(latlon(), data(NINE), member=1, parts=TWO[:2]),
    "projected": hours(lambert(), data(NINE)),
    "waves_even": b"TTAA00 KWBC 110000\r\n" + hours(latlon(scanning=64), data(NINE, bits=0), category=0, parts=((3, 0), (3, 1)), **SEA),
    "complex": hours(latlon(), complex_data(NINE), parts=TWO[:2]),
    "another_height": edition_2(latlon(), product(2, 2, level=100), data(NINE)),
    "edition_1": edition_1(33, NINE) + edition_1(34, NINE) + edition_1(33, NINE, 1) + edition_1(34, NINE, 1),
}
for name, content in FILES.items():
    (HERE / name).write_bytes(content)
