"""What a person has over all accounts, and what moves between them."""
