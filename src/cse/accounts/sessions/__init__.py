"""Sessions: their tokens, what they are used with, and their end on every process."""
