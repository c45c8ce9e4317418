"""CS Exchange, an exchange for creator tokens."""
