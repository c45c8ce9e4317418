"""The audit log at the desk."""
