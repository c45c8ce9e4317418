"""Orders and fills as the API shows them."""
