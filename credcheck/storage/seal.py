"""Seals: a stored value proves that it is whole and that it belongs to its key."""

import hashlib

_SCHEMA = b"credcheck.cache/1"  # entries of another version are never found
_DIGEST = 32


def stored_key(key: str) -> bytes:
    """Return the key that the value is stored under."""
    return hashlib.sha256(_SCHEMA + key.encode()).digest()


def sealed(key: str, value: bytes) -> bytes:
    """Return the value with the digest of key and value before it."""
    return hashlib.sha256(stored_key(key) + value).digest() + value


def unsealed(key: str, stored: bytes) -> bytes | None:
    """Return the value, or None if it is damaged or belongs to another key."""
    value = stored[_DIGEST:]
    return value if stored == sealed(key, value) else None
