"""The columns of each sheet: a title, a width, and whether it is printed."""

from credcheck.reports.workbook.sheet import WorkbookColumn

ROW, NPI, NAME = WorkbookColumn("Row", 6), WorkbookColumn("NPI", 12), WorkbookColumn("Name", 24)
PEOPLE_BEFORE = (
    *(ROW, WorkbookColumn("Your key", 10), NPI, NAME),
    *(WorkbookColumn("State", 7), WorkbookColumn("Verdict", 15)),
)
PEOPLE_AFTER = (
    *(
        WorkbookColumn("Why", 30),
        WorkbookColumn("Next steps", 34),
        WorkbookColumn("First expiry", 11),
    ),
    *(
        WorkbookColumn("Waived or accepted", 20, printed=False),
        WorkbookColumn("Details", 10, printed=False),
    ),
)
DECISIONS = (WorkbookColumn("Decision", 12), WorkbookColumn("Next decision due", 11))
"""On the sheet People, if a book was given."""
FINDINGS = (
    *(
        ROW,
        NPI,
        NAME,
        WorkbookColumn("Requirement", 18),
        WorkbookColumn("Level", 13),
        WorkbookColumn("Finding", 12),
    ),
    *(
        WorkbookColumn("Reason", 26),
        WorkbookColumn("What was found", 48),
        WorkbookColumn("Next step", 38),
    ),
    *(
        WorkbookColumn("Records", 10),
        WorkbookColumn("Ends", 11),
        WorkbookColumn("Waived or accepted", 22, printed=False),
    ),
    WorkbookColumn("Codes", 26, printed=False),
)
EVIDENCE = (
    *(
        ROW,
        NPI,
        NAME,
        WorkbookColumn("Record", 8),
        WorkbookColumn("Kind", 18),
        WorkbookColumn("What", 32),
    ),
    *(WorkbookColumn("Status as read", 15), WorkbookColumn("From", 11), WorkbookColumn("To", 11)),
    *(
        WorkbookColumn("Verified by", 16),
        WorkbookColumn("Verified on", 11),
        WorkbookColumn("Source", 13),
    ),
    *(
        WorkbookColumn("Source row", 8),
        WorkbookColumn("Source date", 11),
        WorkbookColumn("Authority", 14),
    ),
    *(WorkbookColumn("Whose it is", 20), WorkbookColumn("How it was matched", 26, printed=False)),
    *(WorkbookColumn("Read problem", 24, printed=False), WorkbookColumn("Line", 8, printed=False)),
    WorkbookColumn("Row SHA-256", 34, printed=False),
)
EXPIRING = (
    *(WorkbookColumn("When", 13), WorkbookColumn("Days left", 7), WorkbookColumn("Due", 11)),
    *(WorkbookColumn("Why", 12), WorkbookColumn("Name", 24), NPI),
    *(WorkbookColumn("What", 34), WorkbookColumn("Number", 12)),
    *(WorkbookColumn("Issued", 11), WorkbookColumn("Expires", 11)),
    *(WorkbookColumn("Verified on", 11), WorkbookColumn("Verify by", 11)),
    *(WorkbookColumn("Source", 20), WorkbookColumn("Owner", 12)),
    WorkbookColumn("Met until then", 18),
    WorkbookColumn("Status as read", 15, printed=False),
    *(WorkbookColumn("Row", 6, printed=False), WorkbookColumn("Your key", 10, printed=False)),
)
SOURCES = (
    *(
        WorkbookColumn("Source", 18),
        WorkbookColumn("Adapter", 20),
        WorkbookColumn("State", 14),
        WorkbookColumn("Day", 12),
    ),
    *(
        WorkbookColumn("Age in days", 8),
        WorkbookColumn("At most", 10),
        WorkbookColumn("Authority", 16),
    ),
    *(
        WorkbookColumn("Coverage", 28),
        WorkbookColumn("Rows", 10),
        WorkbookColumn("Unreadable rows", 12),
    ),
    *(WorkbookColumn("Not usable for", 20), WorkbookColumn("Remarks", 40)),
)
COVERAGE = (
    WorkbookColumn("About", 28),
    WorkbookColumn("Asked", 90),
    WorkbookColumn("Not asked", 50),
)
NEXT_STEPS = (
    *(
        WorkbookColumn("Next step", 60),
        WorkbookColumn("For", 24),
        WorkbookColumn("Finding", 12),
        WorkbookColumn("Name", 28),
    ),
    *(NPI, ROW, WorkbookColumn("Why", 36)),
)
PATHS = (
    *(ROW, NPI, NAME, WorkbookColumn("Path", 24), WorkbookColumn("Outcome", 14)),
    WorkbookColumn("What it asks", 70),
)
CONTEXT = (ROW, NPI, NAME, WorkbookColumn("Statement", 100))
SUMMARY = (WorkbookColumn("What", 30), WorkbookColumn("Value", 90))
