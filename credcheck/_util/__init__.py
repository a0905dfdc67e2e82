"""Small helpers that know nothing of credentials."""
