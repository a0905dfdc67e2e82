"""Whether rows are matched to the right people."""
