"""How a person likes the app and mails to be: kept here, felt on all their devices."""
