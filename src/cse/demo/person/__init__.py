"""The demo's person: whom a newcomer signs in as to look around with money in hand."""
