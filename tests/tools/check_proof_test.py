#!/usr/bin/env python3
"""The independent checker's arithmetic, against published vectors."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_proof  # noqa: E402


class CheckProof(unittest.TestCase):
    def test_signatures_of_rfc_8032(self):  # section 7.1, tests 2 and 3 (their messages as text)
        key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        good = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        self.assertTrue(check_proof.signed(key, "\x72", good))
        self.assertFalse(check_proof.signed(key, "\x73", good))
        self.assertFalse(check_proof.signed(key, "\x72", good[:-2] + "10"))
        self.assertFalse(check_proof.signed(key, "\x72", good + "00"))

    def test_paths_of_certificate_transparency(self):
        head = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        path = ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]
        self.assertEqual(check_proof.root(b"@ABC", 5, 8, path), head)
        self.assertNotEqual(check_proof.root(b"@ABD", 5, 8, path), head)
        self.assertNotEqual(check_proof.root(b"@ABC", 4, 8, path), head)
        self.assertIsNone(check_proof.root(b"@ABC", 5, 8, path[:2]))
        self.assertIsNone(check_proof.root(b"@ABC", 5, 8, path + path[:1]))

    def test_consistency_of_certificate_transparency(self):
        heads = {1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                 6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                 8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}
        six = ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
               "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]
        one = ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
               "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
               "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]
        self.assertEqual(check_proof.goes_on(6, heads[6], 8, six), (heads[6], heads[8]))
        self.assertEqual(check_proof.goes_on(1, heads[1], 8, one), (heads[1], heads[8]))
        self.assertEqual(check_proof.goes_on(8, heads[8], 8, []), (heads[8], heads[8]))
        self.assertEqual(check_proof.goes_on(6, heads[6], 6, []), (heads[6], heads[6]))
        self.assertEqual(check_proof.goes_on(6, heads[6], 6, six), (None, None))
        for first, second, path in ((5, 8, six), (6, 8, six[:2]), (6, 8, six + one[:1]), (0, 8, six),
                                    (9, 8, six), (6, 8, []), (7, 8, one)):
            self.assertNotEqual(check_proof.goes_on(first, heads[6], second, path), (heads[6], heads[8]))


if __name__ == "__main__":
    unittest.main()
