"""The engine: leader, replica, their clients and the feed of events."""
