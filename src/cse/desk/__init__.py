"""The operators' desk: who may do what, how the services are, people, and what everybody is told."""
