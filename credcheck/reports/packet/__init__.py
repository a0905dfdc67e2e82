"""The committee's packet: one physician's verdict with all that it rests on, for HTML and PDF."""
