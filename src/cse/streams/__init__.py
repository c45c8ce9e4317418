"""The WebSocket server: what changes, told to whoever listens, as it changes."""
