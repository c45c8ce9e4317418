"""What a client can hear: a channel for each, and what they are made of."""
