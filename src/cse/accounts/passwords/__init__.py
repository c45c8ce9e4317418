"""Passwords: which are taken, how they are held against an account, changed and replaced."""
