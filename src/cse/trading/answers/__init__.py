"""What the core said, as the client hears it."""
