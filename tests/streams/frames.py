"""What a client of a WebSocket sends, by hand."""

from __future__ import annotations

_KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def handshake(path: str = "/ws", **headers: str) -> bytes:
    """A request to upgrade; headers replace the usual ones."""
    usual = {
        "Host": "here",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": _KEY,
    }
    usual.update({name.replace("_", "-"): value for name, value in headers.items()})
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in usual.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def masked(first: int, payload: bytes) -> bytes:
    """A client's frame, masked with zeros."""
    length = len(payload)
    if length < 126:
        head = bytes((first, 0x80 | length))
    elif length < 65_536:
        head = bytes((first, 0xFE)) + length.to_bytes(2, "big")
    else:
        head = bytes((first, 0xFF)) + length.to_bytes(8, "big")
    return head + bytes(4) + payload
