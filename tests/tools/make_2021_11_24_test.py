#!/usr/bin/env python3
"""The reconstruction of 24 November 2021 comes out the same again, is small, names nobody, and gives a source on every row."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = ROOT / "data/days/2021-11-24"


class Reconstruction(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.reports = [json.loads(line) for line in (DAY / "reports.jsonl").read_text().splitlines()]

    def test_it_comes_out_the_same_byte_for_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            elsewhere = {**os.environ, "PYTHONHASHSEED": "20211124", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
            subprocess.run([sys.executable, ROOT / "tools/make_2021_11_24.py", folder], check=True, env=elsewhere)
            for name in ("day.toml", "units.toml", "reports.jsonl"):
                self.assertEqual((pathlib.Path(folder) / name).read_bytes(), (DAY / name).read_bytes(), name)

    def test_it_is_small_and_says_that_it_is_an_exercise(self):
        self.assertLessEqual(sum(f.stat().st_size for f in DAY.iterdir()), 50_000)
        day = (DAY / "day.toml").read_text()
        self.assertIn("exercise = true", day)
        self.assertIn('notice = "EXERCISE. A reconstruction', day)

    def test_every_row_has_its_source(self):
        for r in self.reports:
            told_by_a_source = r["kind"] == "claim" or r["from"].startswith("MAIB")
            self.assertTrue(told_by_a_source or "Source: " in r["text"], r)

    def test_every_place_of_the_boat_is_a_range(self):
        for r in self.reports:
            if "at" in r and r["kind"] not in ("claim", "unit_position"):
                self.assertGreaterEqual(r["error_m"], 5000, r)
                self.assertIn("range", r["text"], r)

    def test_the_counts_are_those_of_the_sources(self):
        recovered = [r for r in self.reports if r["kind"] == "recovered" and "persons" in r]
        self.assertEqual([(r["persons"], r["dead"]) for r in recovered], [(29, 27)])
        self.assertEqual({r["persons"] for r in self.reports if r["kind"] in ("sighting", "claim") and "persons" in r}, {33})

    def test_no_caller_has_a_name_or_an_age(self):
        self.assertEqual({r["from"] for r in self.reports if r["kind"] == "call"}, {"HM Coastguard", "MRCC Dover", "CROSS Gris-Nez"})
        for r in self.reports:
            self.assertIsNone(re.search(r"\(\d\d\)|aged|year.old", r["text"]), r)


if __name__ == "__main__":
    unittest.main()
