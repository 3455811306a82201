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


if __name__ == "__main__":
    unittest.main()
