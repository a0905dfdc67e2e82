"""The page of a run: pictures, a table that filters and sorts, and a drawer for each physician."""
