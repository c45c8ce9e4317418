"""Public updates on channels of the Redis protocol, for programs outside the exchange."""
