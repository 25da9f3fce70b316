"""What is checked of this chain: sets of authorities, finality, states and the audit log."""

from bundle import Genesis, Malformed, Reader, Set, authorities, blake2_256, read_all
from curves import is_signature


class DoesNotHold(Exception):
    """Something that is claimed is not so."""


def require(condition, text):
    if not condition:
        raise DoesNotHold(text)


# --- sets of authorities ---

# twox_128("Grandpa"), twox_128("Authorities")
AUTHORITIES_KEY = bytes.fromhex(
    "5f9cc45b7a00c5899361e1c6099678dc5e0621c4869aa60c02be9adcc98a0d1d"
)


def first_set(start):
    """The set to begin with."""
    if not isinstance(start, Genesis):
        return start
    require(start.header.number == 0, "start: the block is no genesis block")
    value = read_state(start.header.state_root, AUTHORITIES_KEY, start.authorities)
    require(value is not None, "start: the genesis block's state has no authorities")
    try:
        return Set(0, read_all(value, authorities))
    except Malformed:
        raise DoesNotHold("start: the authorities are no list") from None


def set_hash(set_):
    """What says which set it is."""
    count = len(set_.authorities)
    data = set_.id.to_bytes(8, "little")
    if count < 1 << 6:
        data += bytes([count << 2])
    elif count < 1 << 14:
        data += (count << 2 | 1).to_bytes(2, "little")
    else:
        data += (count << 2 | 2).to_bytes(4, "little")
    data += b"".join(key + weight.to_bytes(8, "little") for key, weight in set_.authorities)
    return blake2_256(data)


def message(data):
    """The authorities that a message to GRANDPA announces, or None: sp_consensus_grandpa ConsensusLog."""
    r = Reader(data)
    kind = r.u8()
    require(kind != 2, "digest: it forces a change of the authorities")
    announced = None
    if kind == 1:  # ScheduledChange
        announced, delay = authorities(r), r.u32()
    elif kind == 3:  # OnDisabled
        r.u64()
    elif kind in (4, 5):  # Pause, Resume
        r.u32()
    else:
        raise Malformed("there is no such message")
    r.end()
    require(announced is None or delay == 0, "digest: the authorities change later")
    return announced


def announced_change(header):
    """The authorities that a header announces, or None."""
    try:
        messages = [message(data) for engine, data in header.digest if engine == b"FRNK"]
    except Malformed:
        raise DoesNotHold("digest: a message to GRANDPA can't be read") from None
    announced = [change for change in messages if change is not None]
    require(len(announced) <= 1, "digest: it announces more than one set")
    return announced[0] if announced else None


# --- finality ---


def votes(justification, header, set_):
    """The votes by which a set finalized exactly the block of a header."""
    weights = {}
    for key, weight in set_.authorities:
        if weight:
            weights[key] = weights.get(key, 0) + weight
    total = sum(weights.values())
    require(0 < total < 1 << 64, "justification: the set has no voters")
    threshold = total - (total - 1) // 3
    target = (justification.target, justification.number)
    require(target == (header.hash, header.number), "justification: it is for another block")
    ancestry = {ancestor.hash: ancestor for ancestor in justification.headers}
    require(len(ancestry) == len(justification.headers), "justification: a header is there twice")
    voted = set()
    # The weight of the votes for each block and those after it.
    backing = {header.hash: 0}
    for vote in justification.votes:
        require(vote.voter in weights, "justification: a voter is unknown")
        require(vote.voter not in voted, "justification: a voter votes twice")
        voted.add(vote.voter)
        signed = b"\x01" + vote.target + vote.number.to_bytes(4, "little")
        signed += justification.round.to_bytes(8, "little") + set_.id.to_bytes(8, "little")
        require(is_signature(vote.voter, vote.signature, signed), "justification: a signature is wrong")
        at, number = vote.target, vote.number
        while at != header.hash:
            is_known = at in ancestry and ancestry[at].number == number
            require(is_known, "justification: a vote is unrelated")
            backing[at] = backing.get(at, 0) + weights[vote.voter]
            at, number = ancestry[at].parent, number - 1
        require(number == header.number, "justification: a vote is unrelated")
        backing[at] += weights[vote.voter]
    require(set(ancestry) == set(backing) - {header.hash}, "justification: a header is not needed")
    weight = backing.pop(header.hash)
    require(weight >= threshold, "justification: the votes weigh too little")
    finalizes_later = any(other >= threshold for other in backing.values())
    names_target = any(vote.target == header.hash for vote in justification.votes)
    require(names_target and not finalizes_later, "justification: the votes finalize a later block")
    return {
        "voters": len(voted),
        "of": len(weights),
        "weight": weight,
        "threshold": threshold,
        "total": total,
    }


def last_set(set_, changes):
    """Goes from a set through its changes. Gives the last one, and the block that announced it."""
    last = -1
    for header, justification in changes:
        require(header.number > last, "changes: a block is not after the one before")
        announced = announced_change(header)
        require(announced is not None, "changes: a block announces no authorities")
        require(set_.id + 1 < 1 << 64, "changes: there is no set after the last one")
        votes(justification, header, set_)
        set_, last = Set(set_.id + 1, announced), header.number
    return set_, last


def finalized(finality, set_, last_change):
    """The anchored block, the one that the voters signed, and their votes."""
    headers = finality.headers
    require(headers, "finality: there is no header")
    require(headers[0].number > last_change, "finality: the block is not after the last change")
    for parent, child in zip(headers, headers[1:]):
        connected = child.parent == parent.hash and child.number == parent.number + 1
        require(connected, "finality: a header does not follow the one before")
        require(announced_change(parent) is None, "finality: the authorities change on the way")
    return headers[0], headers[-1], votes(finality.justification, headers[-1], set_)


# --- the state: a radix-16 Merkle trie ---


class Node:
    """A node of the trie: sp-trie `node_codec.rs` and `node_header.rs`."""

    def __init__(self, data):
        r = Reader(data)
        first = r.u8()
        self.partial, self.children, self.value, self.value_hash = [], {}, None, None
        self.is_empty = first == 0
        if self.is_empty:
            return
        # How many bits say what it is; whether it is a branch, has a value, and has only its hash.
        if first >> 6:
            bits, branch, valued, hashed = 2, first >> 7, first >> 6 != 2, False
        elif first >> 5 == 1:
            bits, branch, valued, hashed = 3, False, True, True
        elif first >> 4 == 1:
            bits, branch, valued, hashed = 4, True, True, True
        else:
            raise Malformed("there is no such node")
        self.partial = self.read_partial(r, first, bits)
        bitmap = r.number(2) if branch else 0
        if branch and bitmap == 0:
            raise Malformed("a branch has no child")
        if hashed:
            self.value_hash = r.hash()
        elif valued:
            self.value = r.bytes()
        self.children = {i: r.bytes() for i in range(16) if bitmap >> i & 1}

    @staticmethod
    def read_partial(r, first, bits):
        """The nibbles of the key that all below have."""
        most = 255 >> bits
        count = first & most
        if count == most:
            more = 255
            while more == 255:
                more = r.u8()
                count += more
        data = r.take((count + 1) // 2)
        nibbles = to_nibbles(data)
        if count % 2 and nibbles.pop(0):
            raise Malformed("a nibble that is not used is not zero")
        return nibbles


def to_nibbles(data):
    return [nibble for byte in data for nibble in (byte >> 4, byte & 15)]


def read_state(root, key, nodes):
    """What a state has under a key, or None. `nodes` are exactly those on the way, from the root on."""
    rest, way = to_nibbles(key), iter(nodes)

    def hashed(hash_):
        data = next(way, None)
        require(data is not None and blake2_256(data) == hash_, "state: a node is missing")
        return data

    data, value = hashed(root), None
    try:
        while data is not None:
            node, data = Node(data), None
            common = len(node.partial)
            if node.is_empty or rest[:common] != node.partial:
                break
            rest = rest[common:]
            if not rest:
                value = hashed(node.value_hash) if node.value_hash else node.value
            elif rest[0] in node.children:
                data, rest = node.children[rest[0]], rest[1:]
                data = hashed(data) if len(data) == 32 else data
    except Malformed:
        raise DoesNotHold("state: a node can't be read") from None
    require(next(way, None) is None, "state: there are more nodes than those on the way")
    return value


# --- the audit log: a Merkle mountain range ---

EVENTS = {
    index: name
    for first, names in {
        0: "action-recommended action-approved action-verified action-vetoed action-spam"
        " action-claimed action-succeeded action-failed action-unknown action-expired"
        " action-blocked action-helped action-no-effect action-worse action-simulated"
        " action-refuted action-unjudged",
        32: "breaker-opened breaker-half-opened breaker-closed kill-switch-on kill-switch-off"
        " brake-on brake-off",
        48: "kind-set kind-removed approvers-set recommender-admitted recommender-dismissed"
        " reflex-set executor-bound executor-released",
        64: "case-ruled",
        80: "anchor-final",
    }.items()
    for index, name in enumerate(names.split(), first)
}


def audit_log(header):
    """The number of records and the root that a header's digest has, or None."""
    logs = [data for engine, data in header.digest if engine == b"AUDT"]
    require(len(logs) <= 1, "digest: it has more than one audit log")
    require(all(len(data) == 40 for data in logs), "digest: the audit log can't be read")
    return (int.from_bytes(logs[0][:8], "little"), logs[0][8:]) if logs else None


def read_actor(r):
    kind = r.variant(3)
    if kind == 2:
        return {"type": "account", "account": "0x" + r.hash().hex()}
    return {"type": ("chain", "governance")[kind]}


def read_subject(r):
    kind = r.variant(7)
    if kind == 0:
        return {"type": "network"}
    if kind == 1:
        return {"type": "validator", "account": "0x" + r.hash().hex()}
    if kind == 4:
        return {"type": "actionKind", "kind": r.number(2)}
    name = {2: "agent", 3: "action", 5: "case", 6: "anchor"}[kind]
    return {"type": name, name: r.u64()}


def read_record(r):
    """What a record says, as JSON."""
    id_, block, time, event = r.u64(), r.u32(), r.u64(), r.u8()
    if event not in EVENTS:
        raise Malformed("the event is unknown")
    actor = read_actor(r)
    subjects = [r.option(lambda: read_subject(r)) for _ in range(3)]
    hashes = [r.option(r.hash) for _ in range(3)]
    once = []
    for subject in subjects:
        if subject is not None and subject not in once:
            once.append(subject)
    return {
        "record": id_,
        "block": block,
        "time": time,
        "event": EVENTS[event],
        "actor": actor,
        "subjects": once,
        "hashes": ["0x" + hash_.hex() for hash_ in hashes if hash_ is not None],
    }


def log_hash(kind, *parts):
    return blake2_256(bytes([kind]) + b"".join(parts))


def log_root(record, index, count, nodes):
    """The root to which a record and its proof lead, in a log of `count` records."""
    start, before = 0, 0
    for height in reversed(range(63)):
        if count >> height & 1:
            if index < start + (1 << height):
                break
            start, before = start + (1 << height), before + 1
    has_after = start + (1 << height) < count
    require(len(nodes) == before + height + has_after, "record: the proof has too many nodes or few")
    node, place = log_hash(0, record), index - start
    for neighbour in nodes[before : before + height]:
        node = log_hash(1, neighbour, node) if place & 1 else log_hash(1, node, neighbour)
        place >>= 1
    if has_after:
        node = log_hash(2, nodes[-1], node)
    for peak in reversed(nodes[:before]):
        node = log_hash(2, node, peak)
    return log_hash(3, count.to_bytes(8, "little"), node)


def logged(claim, log):
    """The record of a claim, which the log has."""
    require(log is not None, "claim: the block has no audit log")
    try:
        record = read_all(claim.record, read_record)
    except Malformed:
        raise DoesNotHold("record: the bytes are no record that is known here") from None
    require(record["record"] < claim.count <= 1 << 62, "record: the log has no such place")
    root = log_root(claim.record, record["record"], claim.count, claim.nodes)
    require(root == log[1], "record: the proof leads to another root")
    return record
