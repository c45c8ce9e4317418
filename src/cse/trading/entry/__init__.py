"""What a client writes, as the core's commands."""
