"""Four eyes: what one operator asks for and another approves."""
