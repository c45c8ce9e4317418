"""The digest by which one content is told from another."""

from typing import Final

_OFFSET: Final = 0xCBF29CE484222325
_PRIME: Final = 0x100000001B3
_MASK: Final = (1 << 64) - 1


def fnv_1a_64(content: bytes) -> int:
    """FNV-1a-64, as the core makes it of a command."""
    digest = _OFFSET
    for byte in content:
        digest = (digest ^ byte) * _PRIME & _MASK
    return digest
