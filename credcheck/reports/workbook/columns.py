"""The columns of each sheet."""

from credcheck.reports.workbook.sheet import Column

PEOPLE_BEFORE = (
    *(Column("Row", 7), Column("Your key", 12), Column("NPI", 13), Column("Name", 30)),
    *(Column("State", 7), Column("Verdict", 17)),
)
PEOPLE_AFTER = (
    *(Column("Why", 50), Column("Next steps", 50), Column("Ends first", 12)),
    *(Column("Waived or known", 30), Column("Details", 12)),
)
FINDINGS = (
    *(Column("Row", 7), Column("NPI", 13), Column("Name", 28), Column("Requirement", 24)),
    *(
        Column("Level", 15),
        Column("Finding", 13),
        Column("Reason", 34),
        Column("What was found", 60),
    ),
    *(Column("Next step", 45), Column("Records", 14), Column("Ends", 12)),
    *(Column("Waived or known", 30), Column("Codes", 30)),
)
EVIDENCE = (
    *(Column("Row", 7), Column("NPI", 13), Column("Name", 28), Column("Record", 9)),
    *(Column("Kind", 22), Column("What", 42), Column("Status as read", 18), Column("From", 12)),
    *(Column("To", 12), Column("Verified by", 20), Column("Verified on", 12), Column("Source", 16)),
    *(Column("Row of the source", 11), Column("Line", 9), Column("Day of the source", 12)),
    *(Column("Authority", 17), Column("Whose it is", 24), Column("How that is known", 34)),
    *(Column("Cannot be read", 24), Column("SHA-256 of the row", 34)),
)
EXPIRING = (
    *(Column("When", 16), Column("Days left", 10), Column("Ends on", 12), Column("Name", 30)),
    *(Column("NPI", 13), Column("Requirement", 26), Column("What", 50)),
)
SOURCES = (
    *(Column("Source", 18), Column("Adapter", 20), Column("State", 14), Column("Day", 12)),
    *(Column("Age in days", 10), Column("At most", 10), Column("Authority", 18)),
    *(Column("Coverage", 34), Column("Rows", 12), Column("Could not be read", 12)),
    *(Column("Not usable for", 26), Column("Remarks", 50)),
)
NEXT_STEPS = (
    *(Column("Next step", 70), Column("For", 28), Column("Finding", 14), Column("Name", 30)),
    *(Column("NPI", 13), Column("Row", 7), Column("Why", 40)),
)
SUMMARY = (Column("What", 30), Column("Value", 90))
