"""What a person shows beside the password: an authenticator, a passkey, a recovery code."""
