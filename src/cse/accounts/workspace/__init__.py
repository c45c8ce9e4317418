"""What the app keeps for a person by name: opaque texts, felt on all their devices."""
