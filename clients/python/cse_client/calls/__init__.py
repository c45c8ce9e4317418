"""The calls of a client, one file for each subject."""
