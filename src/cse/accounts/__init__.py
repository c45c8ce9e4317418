"""Persons, how they sign in, and their sessions."""
