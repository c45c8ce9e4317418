"""What waits to be done, and what has failed for good."""
