"""The two curves: signatures on edwards25519, and a point of secp256k1 that commits to something.

Slow and not in constant time: nothing here is secret.
"""

from hashlib import sha256, sha512

# --- edwards25519: RFC 8032, section 5.1 ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def ed_add(a, b):
    """Adds points in extended coordinates: RFC 8032, section 5.1.4."""
    m = (a[1] - a[0]) * (b[1] - b[0]) % P
    n = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def ed_multiply(scalar, point):
    """A multiple of a point."""
    result = IDENTITY
    while scalar:
        if scalar & 1:
            result = ed_add(result, point)
        point = ed_add(point, point)
        scalar >>= 1
    return result


def ed_decode(data):
    """The point of 32 bytes, or None. ZIP 215: a y of P or more and a negative zero are taken."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, (y & (2**255 - 1)) % P
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    if x & 1 != sign:
        x = -x % P
    return (x, y, 1, x * y % P)


BASE = ed_decode(bytes([0x58] + 31 * [0x66]))


def is_signature(key, signature, message):
    """Whether an Ed25519 signature holds, by the rules of ZIP 215, which are those of Substrate."""
    a, r = ed_decode(key), ed_decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    digest = sha512(signature[:32] + key + message).digest()
    k = int.from_bytes(digest, "little") % ORDER
    right = ed_add(r, ed_multiply(k, a))
    left, right = ed_multiply(8 * s, BASE), ed_multiply(8, right)
    # Fractions of X and Y by Z are equal.
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


# --- secp256k1: SEC 2, BIP 340, BIP 341 ---

FIELD = 2**256 - 2**32 - 977
GROUP = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
GENERATOR = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def secp_add(a, b):
    """Adds points, of which None is the one at infinity."""
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % FIELD == 0:
            return None
        slope = 3 * a[0] * a[0] * pow(2 * a[1], -1, FIELD)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, FIELD)
    x = (slope * slope - a[0] - b[0]) % FIELD
    return (x, (slope * (a[0] - x) - a[1]) % FIELD)


def secp_multiply(scalar, point):
    """A multiple of a point."""
    result = None
    while scalar:
        if scalar & 1:
            result = secp_add(result, point)
        point = secp_add(point, point)
        scalar >>= 1
    return result


def tagged_hash(tag, data):
    """BIP 340."""
    tag = sha256(tag.encode()).digest()
    return sha256(tag + tag + data).digest()


def tweaked_key(internal_key, script):
    """The key of an output whose only leaf is a script of less than 253 bytes, or None: BIP 341."""
    x = int.from_bytes(internal_key, "big")
    y = pow(x**3 + 7, (FIELD + 1) // 4, FIELD)
    if x >= FIELD or (y * y - x**3 - 7) % FIELD:
        return None
    point = (x, y if y % 2 == 0 else FIELD - y)
    leaf = tagged_hash("TapLeaf", bytes([0xC0, len(script)]) + script)
    tweak = int.from_bytes(tagged_hash("TapTweak", internal_key + leaf), "big")
    if tweak >= GROUP:
        return None
    point = secp_add(point, secp_multiply(tweak, GENERATOR))
    return point and point[0].to_bytes(32, "big")
