"""The past of a demo exchange: a genesis journal at simulated times, written through the same core."""
