"""What mails say, in each language: the same names, and in each the same values to fill in."""
