"""Digests by which rows of the index are found."""

try:
    from _blake2 import blake2b  # the same without OpenSSL, which takes as long to load as all of SQLite
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b", "digest_of"]

SIZE = 16


def digest_of(*told: str | bytes) -> bytes:
    """A digest of some texts, in this order; no two lists of texts have the same."""
    found = blake2b(digest_size=SIZE)
    for one in told:
        data = one.encode("utf-8", "surrogateescape") if isinstance(one, str) else one
        found.update(b"%d\0%b" % (len(data), data))
    return found.digest()
