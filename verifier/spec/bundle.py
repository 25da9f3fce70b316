"""A bundle's bytes, after the table in README.md: read once from front to back, each in one form only."""

from collections import namedtuple
from hashlib import blake2b

MAGIC = b"AITBCEVD"
VERSION = 1
MAX_LENGTH = 64 << 20

Bundle = namedtuple("Bundle", "start changes finality bitcoin anchor claim")
Genesis = namedtuple("Genesis", "header authorities")
Set = namedtuple("Set", "id authorities")
Change = namedtuple("Change", "header justification")
Finality = namedtuple("Finality", "headers justification")
Header = namedtuple("Header", "hash parent number state_root digest")
Justification = namedtuple("Justification", "round target number votes headers")
Vote = namedtuple("Vote", "target number signature voter")
Bitcoin = namedtuple("Bitcoin", "checkpoint headers")
Checkpoint = namedtuple("Checkpoint", "network height work period_start headers")
Anchor = namedtuple("Anchor", "height inclusion internal_key output")
Inclusion = namedtuple("Inclusion", "transaction index path coinbase coinbase_path")
Record = namedtuple("Record", "record count nodes")
Storage = namedtuple("Storage", "key nodes")


class Malformed(Exception):
    """Bytes are not what they should be."""


def blake2_256(data):
    """The hash of this chain."""
    return blake2b(data, digest_size=32).digest()


class Reader:
    """SCALE, as far as bundles need it."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Malformed("the bytes end too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "little")

    def u8(self):
        return self.number(1)

    def u32(self):
        return self.number(4)

    def u64(self):
        return self.number(8)

    def hash(self):
        return self.take(32)

    def variant(self, count):
        """Which of the first `count` variants it is."""
        index = self.u8()
        if index >= count:
            raise Malformed(f"there is no variant {index}")
        return index

    def compact(self):
        """A number below 2^32, in its shortest form."""
        first = self.u8()
        kind, value = first & 3, first >> 2
        if kind < 3:
            size = 1 << kind
            value = (int.from_bytes(self.take(size - 1), "little") << 8 | first) >> 2
            least = (0, 1 << 6, 1 << 14)[kind]
        else:
            if value:
                raise Malformed("a number has no room in 32 bits")
            value, least = self.u32(), 1 << 30
        if value < least:
            raise Malformed("a number is longer than it must be")
        return value

    def bytes(self):
        return self.take(self.compact())

    def list(self, read):
        return [read() for _ in range(self.compact())]

    def option(self, read):
        return read() if self.variant(2) else None

    def end(self):
        if self.at != len(self.data):
            raise Malformed("there are bytes after the end")


def read_all(data, read):
    """What `read` reads from all of `data`."""
    reader = Reader(data)
    value = read(reader)
    reader.end()
    return value


def authorities(r):
    """Keys and weights."""
    return r.list(lambda: (r.hash(), r.u64()))


def digest_item(r):
    """The engine and the bytes of a consensus item, or None for all others."""
    kind = r.u8()
    if kind == 0:  # Other
        r.bytes()
    elif kind in (4, 5, 6):  # Consensus, Seal, PreRuntime
        engine, data = r.take(4), r.bytes()
        return (engine, data) if kind == 4 else None
    elif kind != 8:  # RuntimeEnvironmentUpdated
        raise Malformed(f"there is no digest item {kind}")
    return None


def header(r):
    start = r.at
    parent, number, state_root, _extrinsics_root = r.hash(), r.compact(), r.hash(), r.hash()
    digest = [item for item in r.list(lambda: digest_item(r)) if item]
    return Header(blake2_256(r.data[start : r.at]), parent, number, state_root, digest)


def vote(r):
    target, number, signature, voter = r.hash(), r.u32(), r.take(64), r.hash()
    return Vote(target, number, signature, voter)


def justification(r):
    round_, target, number = r.u64(), r.hash(), r.u32()
    return Justification(
        round_, target, number, r.list(lambda: vote(r)), r.list(lambda: header(r))
    )


def start(r):
    if r.variant(2) == 0:
        return Genesis(header(r), r.list(r.bytes))
    return Set(r.u64(), authorities(r))


def checkpoint(r):
    network, height, work = r.variant(4), r.u32(), r.number(32)
    return Checkpoint(network, height, work, r.take(80), r.list(lambda: r.take(80)))


def inclusion(r):
    transaction, index, path = r.bytes(), r.u32(), r.list(r.hash)
    return Inclusion(transaction, index, path, r.bytes(), r.list(r.hash))


def anchor(r):
    height, proof = r.u32(), inclusion(r)
    internal_key = r.hash() if r.variant(2) else None
    return Anchor(height, proof, internal_key, r.u32())


def claim(r):
    kind = r.variant(3)
    if kind == 0:
        return None
    if kind == 1:
        return Record(r.bytes(), r.u64(), r.list(r.hash))
    return Storage(r.bytes(), r.list(r.bytes))


def bundle(r):
    return Bundle(
        start(r),
        r.list(lambda: Change(header(r), justification(r))),
        Finality(r.list(lambda: header(r)), justification(r)),
        Bitcoin(checkpoint(r), r.list(lambda: r.take(80))),
        anchor(r),
        claim(r),
    )


def read_bundle(data):
    """The bundle of a file's bytes."""
    if len(data) > MAX_LENGTH:
        raise Malformed("a bundle has fewer bytes")
    if data[:8] != MAGIC:
        raise Malformed("the bytes do not begin as a bundle does")
    if data[8:9] != bytes([VERSION]):
        raise Malformed("the bundle's version is unknown")
    return read_all(data[9:], bundle)
