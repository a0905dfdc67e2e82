"""Whether what a row says can tell its person apart from all others, for whoever knows the true name.

The name is taken as it truly is, whatever the row made of it: this asks what the published fields could
tell at best. It gives no weights, only counts: a row is resolvable unless somebody else of the name is
contradicted by no more of it, and agrees with as much.
"""

from collections.abc import Iterable, Mapping

from benchmarks.identity.people import Person
from credcheck.reference.nicknames import nickname_forms

Record = Mapping[str, str]


def namesakes_of(person: Person, by_family: Mapping[str, list[dict[str, str]]]) -> list[Record]:
    """Return the records of others who bear the person's name, or a form of it."""
    given = person.given.lower()
    forms = {given, *nickname_forms(given)}
    families = {person.last, person.family, person.former} - {""}
    found = {x["npi"]: x for family in families for x in by_family.get(family, ())}
    return [
        record
        for record in found.values()
        if record["npi"] != person.npi
        and record["replacement_npi"] != person.npi
        and record["first"].lower() in forms
    ]


def is_resolvable(row: Record, namesakes: Iterable[Record], own: Record | None) -> bool:
    """Tell whether nobody else fits the row's fields as well as the person does."""
    if own is None:
        return True  # the registry has them under another name: no namesake stands in the way
    against, for_ = _fit(row, own)
    return not any(
        other_against < against or (other_against == against and other_for >= for_)
        for other_against, other_for in (_fit(row, record) for record in namesakes)
    )


def _fit(row: Record, record: Record) -> tuple[int, int]:
    """Return how many fields contradict, and how many agree."""
    parts = [
        _middle(row, record),
        _suffix(row, record),
        *_place(row, record),
        _license(row, record),
    ]
    parts += [_same(row[name], record[name]) for name in ("grad_year", "birth_year")]
    parts += [_career(row, record), _school(row, record), *_specialty(record)]
    if row["npi"]:
        parts += [1, 1] * (row["npi"] == record["npi"])
    parts.append(_same(row["first"], record["first"]) if row["first"] == record["first"] else 0)
    return sum(part < 0 for part in parts), sum(part > 0 for part in parts)


def _same(one: str, other: str) -> int:
    return 0 if not one or not other else 1 if one == other else -1


def _middle(row: Record, record: Record) -> int:
    one, other = row["middle"], record["middle"]
    if one and other and 1 in {len(one), len(other)}:
        return _same(one[0], other[0])
    return _same(one, other)


def _suffix(row: Record, record: Record) -> int:
    return _same(row["suffix"], record["suffix"])


def _place(row: Record, record: Record) -> tuple[int, int]:
    if not row["state"]:
        return 0, 0
    states = {record["state"], record["license_state"], record["license2_state"]}
    city = row["city"].upper() == record["city"] and row["state"] == record["state"]
    return (1 if row["state"] in states else -1), int(city and bool(row["city"]))


def _license(row: Record, record: Record) -> int:
    pairs = ((record[f"{x}_state"], record[f"{x}_number"]) for x in ("license", "license2"))
    wanted = (row["license_state"], row["license_number"])
    return int(bool(row["license_number"]) and wanted in pairs)


def _career(row: Record, record: Record) -> int:
    year = row["fellowship_end_year"] or row["cert_year"]
    if not year or not record["grad_year"]:
        return 0
    return -1 if not 4 <= int(year) - int(record["grad_year"]) <= 26 else 0


def _school(row: Record, record: Record) -> int:
    if record["med_school"] in {"", "OTHER"} or not row["med_school"]:
        return 0
    return _same(row["med_school"].upper(), record["med_school"])


def _specialty(record: Record) -> tuple[int, ...]:
    feeders = ("208V", "207L", "2081", "2084", "207Q", "207R", "3902")
    return (0 if record["taxonomy"][:4] in feeders else -1,)
