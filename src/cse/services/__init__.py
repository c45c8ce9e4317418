"""One short file per process: its composition root."""
