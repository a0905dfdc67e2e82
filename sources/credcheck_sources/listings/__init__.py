"""Listings: CSV files of programs, fellowships, certificates, exclusions and other evidence."""
