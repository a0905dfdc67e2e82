"""The workbook: sheets of people, findings, evidence, what ends, sources and next steps."""
