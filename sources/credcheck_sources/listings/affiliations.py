"""Adapter ``clinician-groups``: who is enrolled in which group, for context alone.

The list is one such as Medicare's Doctors and Clinicians file: a row a clinician and address, with the
group's id and size. Who else is in a group is counted from the list's other rows, so it needs them: a
file that holds the checked physicians alone shows no colleagues. It is read into memory: for the
national file, keep the rows of the states that matter.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from credcheck.model import Affiliation, Colleagues, EvidenceKind
from credcheck.reference.colleagues import COLLEAGUES
from credcheck.reference.understanding import understand_word
from credcheck.source import Answer, Claim, Subject
from credcheck.source.adapter import Adapter, Context
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    ListingFormat,
    make_texts,
    read_person,
)
from credcheck_sources.listings.listing import Listing
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.searchable import SearchableListing

NAME = "clinician-groups"

Members = dict[str, dict[str, set[str]]]
"""The members of a group whose profession matters: profession, number, addresses."""


def _read_record(cells: Cells) -> Affiliation:
    return Affiliation(
        group_id=cells.text("group_id"),
        group=cells.text("group"),
        members=cells.count("members"),
        specialty=cells.text("specialty"),
        address_id=cells.text("address_id"),
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.AFFILIATION,
    columns=(
        *PERSON_COLUMNS,
        Column(name="group_id", required=True),
        Column(name="members", holds="count", required=True),
        Column(name="specialty", required=True),
        *make_texts("group", "address_id"),
    ),
    groups=("person",),
    person=read_person,
    record=_read_record,
)


class ClinicianGroups(Listing):
    """The list as a source: each row comes with the colleagues in its group."""

    def __init__(self, name: str, options: ListingOptions, context: Context) -> None:
        super().__init__(name, NAME, options, FORMAT, context)
        self._groups: dict[str, Members] | None = None
        self._is_indexed = False  # its groups are counted over all rows

    def collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        """Answer for every subject. Raises SourceFailed if the file cannot be trusted."""
        return [
            replace(answer, claims=tuple([self._add_colleagues(x) for x in answer.claims]))
            if answer.claims
            else answer
            for answer in super().collect(subjects)
        ]

    def _add_colleagues(self, claim: Claim) -> Claim:
        record = claim.record
        if not isinstance(record, Affiliation) or claim.problem is not None or not record.group_id:
            return claim
        if self._groups is None:
            self._groups = count_groups(self._open())
        members = self._groups.get(record.group_id, {})
        others = tuple(_list_colleagues(members, claim.about.npi, record.address_id))
        return replace(claim, record=replace(record, colleagues=others))


def count_groups(loaded: SearchableListing) -> dict[str, Members]:
    """Return each group's members whose profession matters for context."""
    groups: dict[str, Members] = defaultdict(lambda: defaultdict(dict))
    for number in range(1, (loaded.snapshot.rows or 0) + 1):
        entry = loaded.entry(number)
        record, npi = entry.record, entry.about.npi
        if not isinstance(record, Affiliation) or entry.problem is not None or npi is None:
            continue
        profession = understand_word("colleague", record.specialty).value
        if profession is not None and record.group_id:
            groups[record.group_id][profession].setdefault(npi, set()).add(record.address_id)
    return groups


def _list_colleagues(members: Members, own: str | None, address: str) -> Iterator[Colleagues]:
    """Yield the others in a group by profession; a person's own row counts for nobody else."""
    for profession in COLLEAGUES:
        others = {npi: at for npi, at in members.get(profession, {}).items() if npi != own}
        if others:
            near = sum(bool(address) and address in at for at in others.values())
            yield Colleagues(specialty=profession, count=len(others), same_address=near)


ADAPTER = Adapter(
    name=NAME,
    summary="CSV of the groups in which clinicians are enrolled (Doctors and Clinicians): context only",
    kinds=(EvidenceKind.AFFILIATION,),
    options=ListingOptions,
    open=ClinicianGroups,
    schema=lambda _: FORMAT.schema,
)
