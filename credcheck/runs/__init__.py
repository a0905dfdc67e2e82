"""Rosters judged: planned, judged partition by partition, kept in a journal, and resumed."""
