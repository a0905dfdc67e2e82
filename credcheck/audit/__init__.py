"""Audits: what gates a run, what was known before, what is waived, and what changed."""
