"""The shipped standards, and what loads and validates them."""
