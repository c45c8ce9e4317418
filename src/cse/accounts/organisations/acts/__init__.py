"""What is done in an organisation by one, or once others have approved it."""
