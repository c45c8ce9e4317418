"""Mail to persons: queued with what causes it, sent by a worker, by SMTP or into the demo's mailbox."""
