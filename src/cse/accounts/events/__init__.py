"""What happened to a person's account, as the audit log has it."""
