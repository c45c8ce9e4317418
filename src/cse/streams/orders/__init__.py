"""Orders over a WebSocket: each message is a request of the API, and is answered as that is."""
