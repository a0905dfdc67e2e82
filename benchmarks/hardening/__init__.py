"""Faults at every point: writes, fsyncs, renames, reads that fail, and processes that are killed."""
