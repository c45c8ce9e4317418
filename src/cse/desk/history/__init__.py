"""Configuration with its history."""
