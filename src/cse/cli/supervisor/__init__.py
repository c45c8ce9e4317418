"""Starts the exchange's services in order, keeps them running, and stops all of them."""
