"""What every service stands on: configuration, clock, PostgreSQL, outbox, telemetry. No rules."""
