#!/usr/bin/env python3
"""The sample day comes out the same again, keeps its size, and its sums are those of the public figures."""
import csv
import gzip
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = ROOT / "data/days/2021-11-11"
MADE = ["day.toml", "units.toml", "reports.jsonl", "ais.nmea.gz", "plots.csv.gz"]


def content(path):
    """Two versions of zlib may pack the same bytes differently; the day is what is packed."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def metres(a, b):
    return math.hypot((a[0] - b[0]) * 70000, (a[1] - b[1]) * 111240)


def checksum(text):
    total = 0
    for c in text.encode():
        total ^= c
    return f"{total:02X}"


def sentences():
    """(seconds of arrival, tag block, sentence) of every line."""
    for line in content(DAY / "ais.nmea.gz").decode().splitlines():
        _, tag, sentence = line.split("\\")
        yield int(tag.split("*")[0][2:]), tag, sentence


def position(payload):
    """(mmsi, (lon, lat)) of a message of type 1, 3, 9 or 18, else None. ITU-R M.1371-5, read without the script's own writer."""
    bits = "".join(f"{ord(c) - 48 - (8 if ord(c) > 88 else 0):06b}" for c in payload)
    at = {1: 61, 3: 61, 9: 61, 18: 57}.get(int(bits[:6], 2))

    def signed(begin, size):
        return int(bits[begin:begin + size], 2) - (1 << size if bits[begin] == "1" else 0)

    return at and (int(bits[8:38], 2), (signed(at, 28) / 600000, signed(at + 28, 27) / 600000))


class MakeDay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.reports = [json.loads(line) for line in (DAY / "reports.jsonl").read_text().splitlines()]

    def test_it_comes_out_the_same_byte_for_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            # Another order of sets and dictionaries must change nothing.
            elsewhere = {**os.environ, "PYTHONHASHSEED": "20211111", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
            subprocess.run([sys.executable, ROOT / "tools/make_day.py", folder], check=True, env=elsewhere)
            for name in MADE:
                self.assertEqual(content(pathlib.Path(folder) / name), content(DAY / name), name)

    def test_it_is_at_most_3_mb(self):
        self.assertLessEqual(sum(f.stat().st_size for f in DAY.iterdir()), 3_000_000)

    def of(self, kind, **fields):
        return [r for r in self.reports if r["kind"] == kind and all(r.get(k) == v for k, v in fields.items())]

    def test_the_sums_are_the_public_ones(self):
        landed = self.of("landing", country="UK")
        self.assertEqual(sum(r["persons"] for r in landed), 1250)
        self.assertEqual(len({r["boat"] for r in landed}), 36)
        self.assertEqual(sum(r["persons"] for r in self.of("departure_prevented", country="FR")), 99)
        self.assertEqual(sum(r["persons"] for r in self.of("call", craft="kayak")), 3)
        self.assertEqual(len(self.of("sighting", craft="kayak", empty=True)), 2)
        self.assertEqual({r["persons"] for r in self.of("claim")}, {1185, 99, 1284, 1250, 23622})

    def test_nobody_is_brought_in_who_was_not_taken_aboard(self):
        for landing in self.of("landing"):
            if "unit" in landing:
                taken = self.of("recovered", boat=landing["boat"], unit=landing["unit"])
                self.assertEqual([t["persons"] for t in taken], [landing["persons"]])
                self.assertLess(taken[0]["time"], landing["time"])

    def test_no_unit_has_more_aboard_than_she_has_room_for(self):
        room = {unit["name"]: unit["capacity"] for unit in tomllib.loads((DAY / "units.toml").read_text())["unit"]}
        aboard = dict.fromkeys(room, 0)
        for r in self.reports:
            if r["kind"] in ("recovered", "landing") and "unit" in r:
                aboard[r["unit"]] += r["persons"] if r["kind"] == "recovered" else -r["persons"]
                self.assertTrue(0 <= aboard[r["unit"]] <= room[r["unit"]], r)
        self.assertEqual(set(aboard.values()), {0})

    def test_those_of_the_kayaks_are_never_found(self):
        self.assertEqual({r["kind"] for r in self.reports if r.get("boat", "").startswith("Kayak")}, {"call", "order", "sighting"})

    def test_every_sentence_has_a_good_checksum_and_a_time_within_the_day(self):
        last = 0
        for seconds, tag, sentence in sentences():
            self.assertEqual(checksum(tag.split("*")[0]), tag.split("*")[1])
            body, given = sentence[1:].split("*")
            self.assertEqual(checksum(body), given)
            self.assertTrue(1636588800 <= seconds < 1636675200)
            self.assertLessEqual(last, seconds)
            last = seconds

    def test_nobody_jumps_and_nobody_has_the_number_of_a_real_ship(self):
        last = {}
        for seconds, _, sentence in sentences():
            _, parts, _, _, _, payload, _ = sentence.split(",")
            found = position(payload) if parts == "1" else None
            if found:
                mmsi, place = found
                self.assertIn("299", (str(mmsi)[:3], str(mmsi)[3:6]))  # no country has it
                fastest = 75 if str(mmsi).startswith("111") else 14  # m/s
                if mmsi in last and seconds > last[mmsi][0]:
                    self.assertLess(metres(place, last[mmsi][1]), fastest * (seconds - last[mmsi][0]) + 5, (mmsi, seconds))
                last[mmsi] = (seconds, place)
        self.assertGreater(len(last), 200)

    def test_the_radars_see_little_beyond_their_range_and_never_back_in_time(self):
        rows = list(csv.DictReader(content(DAY / "plots.csv.gz").decode().splitlines()))
        sites = {"dover": (1.345, 51.128), "gris-nez": (1.585, 50.868), "dungeness": (0.97, 50.913)}
        self.assertEqual({row["radar"] for row in rows}, set(sites))
        self.assertEqual([row["time"] for row in rows], sorted(row["time"] for row in rows))
        for row in rows:
            self.assertLess(metres((float(row["lon"]), float(row["lat"])), sites[row["radar"]]), 27000 + 6 * float(row["sigma_m"]))

    def test_it_says_that_it_is_an_exercise(self):
        self.assertIn("exercise = true", (DAY / "day.toml").read_text())
        for r in self.reports:
            if r["kind"] != "claim":  # what was published is not made up
                self.assertTrue(r["text"].startswith("Exercise."), r)


if __name__ == "__main__":
    unittest.main()
