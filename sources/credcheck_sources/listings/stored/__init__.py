"""A listing as an index in the store: read once, asked from then on."""
