"""Markets at the desk: seen, listed and changed."""
