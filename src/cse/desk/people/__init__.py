"""People at the desk: found, read about, frozen, and put into fee tiers."""
