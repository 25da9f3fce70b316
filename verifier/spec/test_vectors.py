"""Vectors of others for verify.py. Run with `python3 -m unittest` in this folder."""

import unittest
from pathlib import Path

import bitcoin
import bundle
import chain
import curves

VECTORS = Path(__file__).resolve().parent.parent.parent / "primitives/bitcoin/vectors"


class Curves(unittest.TestCase):
    def test_signature_should_hold_when_it_is_that_of_rfc_8032(self):
        # RFC 8032, section 7.1: keys, messages, signatures.
        for key, message, signature in (
            (
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
        ):
            key, message, signature = map(bytes.fromhex, (key, message, signature))
            self.assertTrue(curves.is_signature(key, signature, message))
            self.assertFalse(curves.is_signature(key, signature, message + b"0"))
            above = int.from_bytes(signature[32:], "little") + curves.ORDER
            above = signature[:32] + above.to_bytes(32, "little")
            self.assertFalse(curves.is_signature(key, above, message))

    def test_signature_should_hold_when_zip_215_says_so(self):
        # The point of order two and the identity, this one also as y = 1 + p and with a negative zero.
        p = curves.P
        for key in (p - 1, 1, 1 + p, 1 + (1 << 255)):
            key = key.to_bytes(32, "little")
            signature = (1).to_bytes(32, "little") + bytes(32)
            self.assertTrue(curves.is_signature(key, signature, b"anything"))

    def test_key_should_be_tweaked_as_in_bip_341(self):
        # BIP 341, wallet-test-vectors.json, the second of scriptPubKey: an internal key, a leaf, an output's key.
        key = bytes.fromhex("187791b6f712a8ea41c8ecdd0ee77fab3e85263b37e1ec18a3651926b3a6cf27")
        script = bytes.fromhex(
            "20d85a959b0290bf19bb89ed43c916be835475d013da4b362117393e25a48229b8ac"
        )
        expected = "147c9c57132f6e7ecddba9800bb0c4449251c92a1e60371ee77557b6620f3ea3"
        self.assertEqual(curves.tweaked_key(key, script).hex(), expected)
        self.assertIsNone(curves.tweaked_key(32 * b"\xff", script))


class Records(unittest.TestCase):
    def test_record_should_be_read_whatever_it_is_about(self):
        account, number = 32 * b"\1", (5).to_bytes(8, "little")
        shown = "0x" + account.hex()
        for data, subject in (
            (b"\0", {"type": "network"}),
            (b"\1" + account, {"type": "validator", "account": shown}),
            (b"\2" + number, {"type": "agent", "agent": 5}),
            (b"\3" + number, {"type": "action", "action": 5}),
            (b"\4" + number[:2], {"type": "actionKind", "kind": 5}),
            (b"\5" + number, {"type": "case", "case": 5}),
            (b"\6" + number, {"type": "anchor", "anchor": 5}),
        ):
            for actor, name in ((b"\0", "chain"), (b"\1", "governance"), (b"\2" + account, "account")):
                # Id, block, time, event; twice the same subject and none; no hash and one.
                start = number + number[:4] + number + b"\x23" + actor
                data_of = start + 2 * (b"\1" + data) + b"\0" + b"\0\1" + account + b"\0"
                record = bundle.read_all(data_of, chain.read_record)
                self.assertEqual((record["record"], record["event"]), (5, "kill-switch-on"))
                self.assertEqual(record["actor"]["type"], name)
                self.assertEqual((record["subjects"], record["hashes"]), ([subject], [shown]))
        self.assertEqual(len(chain.EVENTS), 34)


class Bitcoin(unittest.TestCase):
    def test_first_blocks_should_have_their_work(self):
        for network, genesis in enumerate(bitcoin.GENESIS):
            bitcoin.proven_target(bitcoin.read_header(genesis), network)

    def test_headers_should_follow_over_a_retarget(self):
        # Block 739,872, the first of its period, and 741,793 to 741,990, with a retarget at 741,888.
        data = (VECTORS / "mainnet-741793.bin").read_bytes()
        headers = [data[at : at + 80] for at in range(0, len(data), 80)]
        checkpoint = bundle.Checkpoint(0, 741803, 1 << 94, headers[0], headers[1:12])
        tip, times = bitcoin.begin(checkpoint)
        first_bits = tip.period[1]
        for raw in headers[12:]:
            header = bitcoin.read_header(raw)
            tip = bitcoin.extend(0, tip, times, header, 2**32)
            times = times[-10:] + [header.time]
        self.assertEqual(tip.height, 741990)
        self.assertNotEqual(tip.period[1], first_bits)
        with self.assertRaises(chain.DoesNotHold):
            bitcoin.extend(0, tip, times, header, 2**32)


if __name__ == "__main__":
    unittest.main()
