"""What is checked of Bitcoin: headers, a transaction's inclusion, and what it commits to."""

from chain import require
from collections import namedtuple
from hashlib import sha256
from curves import tweaked_key

NETWORKS = ("main", "testnet4", "signet", "regtest")
MAIN, TESTNET4, SIGNET, REGTEST = range(4)

PERIOD = 2016
PERIOD_SECONDS = 14 * 24 * 60 * 60

# Core src/kernel/chainparams.cpp powLimit.
LIMITS = (2**224 - 1, 2**224 - 1, 0x377AE << 216, 2**255 - 1)

# Of the first blocks' 80 bytes: version, parent, root, time, bits, nonce.
GENESIS = tuple(
    bytes.fromhex("01000000" + 64 * "0" + root + rest)
    for root, rest in (
        ("3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a", "29ab5f49ffff001d1dac2b7c"),
        ("4e7b2b9128fe0291db0693af2ae418b767e657cd407e80cb1434221eaea7a07a", "046f3566ffff001dbb0c7817"),
        ("3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a", "008f4d5fae77031e8ad22203"),
        ("3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a", "dae5494dffff7f2002000000"),
    )
)

Header = namedtuple("Header", "hash version parent root time bits")
Tip = namedtuple("Tip", "height hash time work period")


def double_sha256(data):
    return sha256(sha256(data).digest()).digest()


def shown(hash_):
    """A hash as Bitcoin Core writes it."""
    return hash_[::-1].hex()


def read_header(data):
    number = lambda at, signed=False: int.from_bytes(data[at : at + 4], "little", signed=signed)
    return Header(double_sha256(data), number(0, True), data[4:36], data[36:68], number(68), number(72))


# --- targets ---


def target_of(bits):
    """The target of a compact form: Core src/arith_uint256.cpp SetCompact, src/pow.cpp DeriveTarget."""
    exponent, mantissa = bits >> 24, bits & 0x7FFFFF
    target = mantissa << 8 * (exponent - 3) if exponent > 3 else mantissa >> 8 * (3 - exponent)
    require(0 < target < 1 << 256 and not bits & 0x800000, "header: the bits are no target")
    return target


def compact(target):
    """The compact form of a target: Core src/arith_uint256.cpp GetCompact."""
    size = (target.bit_length() + 7) // 8
    mantissa = target >> 8 * (size - 3) if size > 3 else target << 8 * (3 - size)
    if mantissa & 0x800000:
        mantissa, size = mantissa >> 8, size + 1
    return size << 24 | mantissa


def work_of(target):
    """Core src/chain.cpp GetBlockProof."""
    return 2**256 // (target + 1)


def proven_target(header, network):
    """The target that a header's hash meets: Core src/pow.cpp CheckProofOfWork."""
    target = target_of(header.bits)
    meets = int.from_bytes(header.hash, "little") <= target
    require(target <= LIMITS[network] and meets, "header: it has no proof of work")
    return target


# --- chains of headers ---


def median(times):
    """Of the last eleven times; Core src/chain.h GetMedianTimePast."""
    last = sorted(times[-11:])
    return last[len(last) // 2]


def next_bits(network, tip, time):
    """Core src/pow.cpp GetNextWorkRequired, CalculateNextWorkRequired; BIP 94."""
    first_time, first_bits = tip.period
    if (tip.height + 1) % PERIOD == 0:
        if network == REGTEST:
            return first_bits
        elapsed = max(tip.time - first_time, 0)
        elapsed = min(max(elapsed, PERIOD_SECONDS // 4), PERIOD_SECONDS * 4)
        target = target_of(first_bits) * elapsed // PERIOD_SECONDS
        return compact(min(max(target, 1), LIMITS[network]))
    if network in (TESTNET4, REGTEST) and time > tip.time + 1200:
        return compact(LIMITS[network])
    return first_bits


def least_version(network, height):
    """BIP 34, 66 and 65."""
    if network != MAIN:
        return 4
    return 4 if height >= 388381 else 3 if height >= 363725 else 2 if height >= 227931 else -(2**31)


def extend(network, tip, times, header, now):
    """Goes on to a header: Core src/validation.cpp ContextualCheckBlockHeader."""
    target = proven_target(header, network)
    height = tip.height + 1
    require(header.parent == tip.hash, "header: it does not follow the one before")
    require(header.bits == next_bits(network, tip, header.time), "header: its bits are others")
    require(header.time > median(times), "header: it is not later than the median")
    warps = network == TESTNET4 and height % PERIOD == 0 and header.time < tip.time - 600
    require(not warps, "header: it is too long before the last period's end")
    require(header.time <= now + 7200, "header: it is too far ahead of the clock")
    require(header.version >= least_version(network, height), "header: its version is too old")
    work = tip.work + work_of(target)
    require(height < 1 << 32 and work < 1 << 256, "header: there is no room after it")
    period = (header.time, header.bits) if height % PERIOD == 0 else tip.period
    return Tip(height, header.hash, header.time, work, period)


def begin(checkpoint):
    """The tip and the times of a checkpoint whose parts fit together."""
    network, height = checkpoint.network, checkpoint.height
    headers = [read_header(data) for data in checkpoint.headers]
    count = min(height + 1, 11)
    require(len(headers) == count, "checkpoint: it has more or fewer headers")
    first = read_header(checkpoint.period_start)
    proven_target(first, network)
    start = height - height % PERIOD
    is_right = start > 0 or checkpoint.period_start == GENESIS[network]
    require(is_right, "checkpoint: it begins with another first block")
    work = 0
    for at, header in enumerate(headers, height - count + 1):
        work += work_of(proven_target(header, network))
        follows = at == height - count + 1 or header.parent == previous
        require(follows, "checkpoint: a header does not follow the one before")
        is_easy = network in (TESTNET4, REGTEST) and header.bits == compact(LIMITS[network])
        require(at != start or header == first, "checkpoint: the period's first header is another")
        fits = at < start or header.bits == first.bits or is_easy
        require(fits, "checkpoint: a header has other bits than its period")
        previous = header.hash
    is_all = height + 1 == count
    fits = checkpoint.work == work if is_all else checkpoint.work >= work
    require(fits, "checkpoint: its work is not that of its headers")
    last = headers[-1]
    tip = Tip(height, last.hash, last.time, checkpoint.work, (first.time, first.bits))
    return tip, [header.time for header in headers]


# --- a transaction ---


def read_transaction(data):
    """The inputs' outpoints and the outputs' scripts: Core src/primitives/transaction.h, no witnesses."""
    require(len(data) <= 1_000_000 and len(data) != 64, "transaction: it has a wrong length")
    at = 0

    def take(count):
        nonlocal at
        require(count <= len(data) - at, "transaction: it ends too early")
        at += count
        return data[at - count : at]

    def count():
        first = take(1)[0]
        if first < 0xFD:
            return first
        size = 2 << first - 0xFD
        value = int.from_bytes(take(size), "little")
        least = 0xFD if size == 2 else 1 << 4 * size
        require(value >= least, "transaction: a number is longer than it must be")
        return value

    def outpoint():
        point = take(36)
        take(count())
        take(4)
        return point

    def script():
        take(8)
        return take(count())

    def entries(least, read):
        number = count()
        require(number <= (len(data) - at) // least, "transaction: it ends too early")
        return [read() for _ in range(number)]

    take(4)
    inputs, scripts = entries(41, outpoint), entries(9, script)
    take(4)
    require(inputs and scripts and at == len(data), "transaction: the bytes are none")
    return inputs, scripts


def check_path(txid, index, path, root):
    """A Merkle proof, with its one place and path: Core src/merkleblock.cpp TraverseAndExtract."""
    require(len(path) <= 15 and index < 1 << len(path), "inclusion: there is no such place")
    node, is_last = txid, False
    for neighbour in path:
        is_copy = neighbour == node
        if index & 1:
            require(not is_copy, "inclusion: a node is a copy")
            node = double_sha256(neighbour + node)
        else:
            require(is_copy or not is_last, "inclusion: a node is a copy")
            node = double_sha256(node + neighbour)
        is_last |= is_copy
        index >>= 1
    require(node == root, "inclusion: the proof leads to another root")


def included(proof, root):
    """The id and the output scripts of a transaction that a block has."""
    require(len(proof.path) == len(proof.coinbase_path), "inclusion: the paths differ in length")
    inputs, _ = read_transaction(proof.coinbase)
    require(inputs == [bytes(32) + b"\xff" * 4], "inclusion: the coinbase is none")
    _, scripts = read_transaction(proof.transaction)
    check_path(double_sha256(proof.coinbase), 0, proof.coinbase_path, root)
    txid = double_sha256(proof.transaction)
    check_path(txid, proof.index, proof.path, root)
    return txid, scripts


def anchor_script(payload, internal_key):
    """The script of an output that commits to a payload."""
    op_return = b"\x6a\x4c\x50" + payload
    if internal_key is None:
        return op_return
    key = tweaked_key(internal_key, op_return)
    require(key is not None, "anchor: the internal key is none")
    return b"\x51\x20" + key
