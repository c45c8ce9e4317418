"""Makers and takers of the demo's markets, through the public API alone, as people would trade."""
