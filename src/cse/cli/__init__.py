"""Commands and the supervisor."""
