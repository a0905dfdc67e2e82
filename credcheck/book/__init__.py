"""The book: what people verified, settled and decided, with proof. Entries are added, never changed.

Each entry holds the digest of the one before, as the log of runs does; documents lie beside them under
their digests. A source adapter makes evidence of it (credcheck_sources/book.py).
"""
