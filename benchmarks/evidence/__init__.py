"""Benchmarks of the public evidence: CMS's file of services, and many lists at once."""
