"""The national registry from CMS's dissemination file: imported into the store, asked offline.

Layout and rules: CMS, NPPES Data Dissemination Readme and Code Values (V.2). Checked against the header
of the file of 2026; no real row was at hand when this was written.
"""
