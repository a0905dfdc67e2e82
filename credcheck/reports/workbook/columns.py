"""The columns of each sheet: a title, a width, and whether it is printed."""

from credcheck.reports.workbook.sheet import Column

ROW, NPI, NAME = Column("Row", 6), Column("NPI", 12), Column("Name", 24)
PEOPLE_BEFORE = (
    *(ROW, Column("Your key", 10), NPI, NAME),
    *(Column("State", 7), Column("Verdict", 15)),
)
PEOPLE_AFTER = (
    *(Column("Why", 30), Column("Next steps", 34), Column("First expiry", 11)),
    *(Column("Waived or accepted", 20, printed=False), Column("Details", 10, printed=False)),
)
FINDINGS = (
    *(ROW, NPI, NAME, Column("Requirement", 18), Column("Level", 13), Column("Finding", 12)),
    *(Column("Reason", 26), Column("What was found", 48), Column("Next step", 38)),
    *(Column("Records", 10), Column("Ends", 11), Column("Waived or accepted", 22, printed=False)),
    Column("Codes", 26, printed=False),
)
EVIDENCE = (
    *(ROW, NPI, NAME, Column("Record", 8), Column("Kind", 18), Column("What", 32)),
    *(Column("Status as read", 15), Column("From", 11), Column("To", 11)),
    *(Column("Verified by", 16), Column("Verified on", 11), Column("Source", 13)),
    *(Column("Source row", 8), Column("Source date", 11), Column("Authority", 14)),
    *(Column("Whose it is", 20), Column("How it was matched", 26, printed=False)),
    *(Column("Read problem", 24, printed=False), Column("Line", 8, printed=False)),
    Column("Row SHA-256", 34, printed=False),
)
EXPIRING = (
    *(Column("When", 16), Column("Days left", 10), Column("Due", 12), Column("Why", 14)),
    *(Column("Name", 28), NPI, Column("What", 44), Column("Number", 14), Column("Expires", 12)),
    *(Column("Verified on", 12), Column("Source", 20), Column("Owner", 14)),
    Column("Met until then", 24),
)
SOURCES = (
    *(Column("Source", 18), Column("Adapter", 20), Column("State", 14), Column("Day", 12)),
    *(Column("Age in days", 10), Column("At most", 10), Column("Authority", 16)),
    *(Column("Coverage", 28), Column("Rows", 10), Column("Unreadable rows", 10)),
    *(Column("Not usable for", 20), Column("Remarks", 40)),
)
COVERAGE = (Column("About", 28), Column("Asked", 90), Column("Not asked", 50))
NEXT_STEPS = (
    *(Column("Next step", 60), Column("For", 24), Column("Finding", 12), Column("Name", 28)),
    *(NPI, ROW, Column("Why", 36)),
)
PATHS = (
    *(ROW, NPI, NAME, Column("Path", 24), Column("Outcome", 14)),
    Column("What it asks", 70),
)
CONTEXT = (ROW, NPI, NAME, Column("Statement", 100))
SUMMARY = (Column("What", 30), Column("Value", 90))
