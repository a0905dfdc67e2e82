"""The national registry: what importing it costs, and how fast it answers."""
