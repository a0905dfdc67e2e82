"""Listings: CSV files of programmes, fellowships, certificates, exclusions and other evidence."""
