"""Parameters that choose from known names: an unknown name is an error that names the nearest."""

from collections.abc import Collection, Iterable

from credcheck._util.suggest import nearest


def checked(what: str, given: Iterable[str], known: Collection[str]) -> None:
    """Check that at least one name is given and all are known. Raises ValueError."""
    names = list(given)
    if not names:
        raise ValueError(f"no {what} is named; at least one is needed")
    for name in names:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}{nearest(name, known)}")
