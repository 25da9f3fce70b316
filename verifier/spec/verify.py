#!/usr/bin/env python3
"""Checks a bundle of evidence: the second implementation, beside aitbc-verify, of the same description.

Usage: verify.py FILE

Prints the JSON that `aitbc-verify --json FILE` prints, but for the texts of errors. Exit status: 0 when the
evidence holds, 1 when it does not, 2 when the file can't be read. Needs Python 3.8 and nothing else.
"""

import json
import sys
import time

import bitcoin
import chain
from bundle import MAX_LENGTH, Genesis, Malformed, Record, read_bundle
from chain import DoesNotHold, require


def hexadecimal(data):
    return "0x" + data.hex()


def check_bitcoin(evidence, now):
    """Follows Bitcoin's headers. Gives the first and the last of the chain, and the headers."""
    network = evidence.checkpoint.network
    first, times = bitcoin.begin(evidence.checkpoint)
    tip, headers = first, [bitcoin.read_header(data) for data in evidence.headers]
    for header in headers:
        tip = bitcoin.extend(network, tip, times, header, now)
        times = times[-10:] + [header.time]
    return first, tip, headers


def check_anchor(anchor, payload, first, headers):
    """The header and the transaction that have the anchor."""
    place = anchor.height - first.height - 1
    require(0 <= place < len(headers), "anchor: no header after the checkpoint has this height")
    header = headers[place]
    txid, scripts = bitcoin.included(anchor.inclusion, header.root)
    require(anchor.output < len(scripts), "anchor: the transaction has no such output")
    script = bitcoin.anchor_script(payload, anchor.internal_key)
    require(scripts[anchor.output] == script, "anchor: the output does not commit to the block")
    return header, txid


def check_claim(claim, header, log):
    """What is claimed of the anchored block, as JSON."""
    if claim is None:
        return {"type": "block"}
    if isinstance(claim, Record):
        record = chain.logged(claim, log)
        return {"type": "record", "record": record, "count": claim.count}
    value = chain.read_state(header.state_root, claim.key, claim.nodes)
    value = value if value is None else hexadecimal(value)
    return {"type": "storage", "key": hexadecimal(claim.key), "value": value}


def check_finality(bundle):
    """Goes from the start to the votes. Gives what is trusted, the anchored header, and why it is final."""
    set_ = chain.first_set(bundle.start)
    if isinstance(bundle.start, Genesis):
        trusted = {"type": "genesis", "hash": hexadecimal(bundle.start.header.hash)}
    else:
        hash_ = hexadecimal(chain.set_hash(set_))
        trusted = {"type": "set", "set_id": set_.id, "hash": hash_}
    set_, last_change = chain.last_set(set_, bundle.changes)
    anchored, target, votes = chain.finalized(bundle.finality, set_, last_change)
    finality = {
        "changes": len(bundle.changes),
        "set_id": set_.id,
        "target": {"number": target.number, "hash": hexadecimal(target.hash)},
        "votes": votes,
    }
    return trusted, anchored, finality


def verdict(bundle, now):
    """Checks everything. Gives what holds and what it rests on, as JSON."""
    trusted, anchored, finality = check_finality(bundle)
    log = chain.audit_log(anchored)
    first, tip, headers = check_bitcoin(bundle.bitcoin, now)
    checkpoint = bundle.bitcoin.checkpoint

    set_id = finality["set_id"]
    require(set_id < 1 << 32, "anchor: the set's number has no room in a payload")
    payload = b"AITB" + bytes([1, checkpoint.network])
    payload += set_id.to_bytes(4, "little") + anchored.number.to_bytes(4, "little")
    payload += anchored.hash + (log[1] if log else bytes(32)) + bytes(2)
    anchor = bundle.anchor
    mined, txid = check_anchor(anchor, payload, first, headers)
    commitment = {"type": "op_return"}
    if anchor.internal_key is not None:
        commitment = {"type": "taproot", "internal_key": anchor.internal_key.hex()}

    return {
        "verdict": "holds",
        "claim": check_claim(bundle.claim, anchored, log),
        "block": {
            "number": anchored.number,
            "hash": hexadecimal(anchored.hash),
            "state_root": hexadecimal(anchored.state_root),
            "audit_root": hexadecimal(log[1]) if log else None,
        },
        "finality": finality,
        "anchor": {
            "payload": hexadecimal(payload),
            "commitment": commitment,
            "txid": bitcoin.shown(txid),
            "output": anchor.output,
            "block": {"height": anchor.height, "hash": bitcoin.shown(mined.hash)},
            "time": mined.time,
            "confirmations": tip.height - anchor.height + 1,
        },
        "bitcoin": {
            "tip": {"height": tip.height, "hash": bitcoin.shown(tip.hash)},
            "work": str(tip.work),
            "work_since_checkpoint": str(tip.work - first.work),
        },
        "trust": {
            "start": trusted,
            "checkpoint": {
                "network": bitcoin.NETWORKS[checkpoint.network],
                "height": first.height,
                "hash": bitcoin.shown(first.hash),
                "period_start": bitcoin.shown(bitcoin.double_sha256(checkpoint.period_start)),
                "work": str(first.work),
            },
        },
    }


def judge(data, now):
    """The exit status and the JSON for a file's bytes."""
    try:
        return 0, verdict(read_bundle(data), now)
    except Malformed as error:
        return 2, {"verdict": "unreadable", "error": str(error)}
    except DoesNotHold as error:
        return 1, {"verdict": "does_not_hold", "error": str(error)}


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        with open(sys.argv[1], "rb") as file:
            data = file.read(MAX_LENGTH + 1)
    except OSError as error:
        status, result = 2, {"verdict": "unreadable", "error": str(error)}
    else:
        status, result = judge(data, int(time.time()))
    print(json.dumps(result, indent=2))
    return status


if __name__ == "__main__":
    sys.exit(main())
