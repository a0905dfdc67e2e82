"""What a roster costs: rows a second, memory, and what a killed run loses."""
