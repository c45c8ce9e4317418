"""Requests and answers of HTTP: what carries them, and when one is made again."""
