"""A person's own copy of all that is kept of them."""
