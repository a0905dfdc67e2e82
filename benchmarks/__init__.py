"""What the claims of quality and speed rest on. Each runs with one command."""
