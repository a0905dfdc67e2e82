"""Reports: verdicts in, text out. One module a format."""
