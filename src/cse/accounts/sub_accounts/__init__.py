"""A person's further accounts: opened, named, archived, and money moved between them."""
