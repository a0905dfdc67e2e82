"""Setting up: what files are, how they would be read, and what is asked."""
