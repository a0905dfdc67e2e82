"""What the book says that the committee decided about each person."""

from credcheck.audit.expirables import BookDecision, Decisions
from credcheck.book.entries import Decided
from credcheck.book.storage import BookFolder


def list_decisions(folder: BookFolder | None) -> dict[str, Decisions]:
    """Return the last decision about each person, and the last approval, by NPI."""
    if folder is None or not folder.exists():
        return {}
    book = folder.read()
    found: dict[str, Decisions] = {}
    for npi in book.people():
        made = sorted((x for _, x in book.of(npi, Decided)), key=lambda each: each.on)
        if made:
            approved = [BookDecision(x.on, x.due) for x in made if x.due is not None]
            last = made[-1]
            found[npi] = Decisions(last.decision, last.on, approved[-1] if approved else None)
    return found
