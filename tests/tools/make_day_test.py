#!/usr/bin/env python3
"""The sample day comes out the same again, keeps its size, and its sums are those of the public figures."""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = ROOT / "data/days/2021-11-11"
MADE = ["day.toml", "units.toml", "reports.jsonl", "ais.nmea.gz", "plots.csv.gz"]


def content(path):
    """Two versions of zlib may pack the same bytes differently; the day is what is packed."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


class MakeDay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.reports = [json.loads(line) for line in (DAY / "reports.jsonl").read_text().splitlines()]

    def test_it_comes_out_the_same_byte_for_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, ROOT / "tools/make_day.py", folder], check=True)
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

    def test_every_sentence_has_a_good_checksum_and_a_time_within_the_day(self):
        def checksum(text):
            total = 0
            for c in text.encode():
                total ^= c
            return f"{total:02X}"

        for line in content(DAY / "ais.nmea.gz").decode().splitlines():
            _, tag, sentence = line.split("\\")
            self.assertEqual(checksum(tag.split("*")[0]), tag.split("*")[1])
            body, given = sentence[1:].split("*")
            self.assertEqual(checksum(body), given)
            self.assertTrue(1636588800 <= int(tag.split("*")[0][2:]) < 1636675200)

    def test_it_says_that_it_is_an_exercise(self):
        self.assertIn("exercise = true", (DAY / "day.toml").read_text())
        for r in self.reports:
            if r["kind"] != "claim":
                self.assertTrue(r["text"].startswith("Exercise."), r)


if __name__ == "__main__":
    unittest.main()
