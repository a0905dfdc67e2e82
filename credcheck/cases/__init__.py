"""Cases of a standard (``credcheck standards test``): invented people and what must be said of them."""
