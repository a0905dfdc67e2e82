"""What a source is: the protocol that adapters implement, and what they hand over.

One method is required. It is asked about many physicians at once and answers for each of them, in
order. That one shape serves an API (concurrent requests), a listing (a join) and a batch of one.

There are two kinds of failure. If one physician could not be answered for, that answer carries a
``failure``. If the whole source could not be used, ``collect`` raises SourceFailed. Neither is ever
an empty answer: "we could not look" and "there is nothing" must not read the same.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

import msgspec

from credcheck.model import (
    Authority,
    Coverage,
    Disposition,
    Evidence,
    EvidenceKind,
    License,
    Model,
    PersonName,
    Physician,
    Place,
    Provenance,
    Record,
    Verification,
)
from credcheck.model.npi import Npi
from credcheck.model.reading import Reading


class SourceFailed(Exception):
    """The whole source is unusable. The message says why, in words for the user."""


class AdapterFault(SourceFailed):
    """The adapter broke: it raised what no source may raise, or gave what is no answer.

    Others may still be answered for, so each is asked for alone.
    """


class SourceFacts(Model, kw_only=True):
    """What a source declares about itself before it is asked.

    A ``live`` source has no snapshot: it is asked again for each person, and costs somebody a request.
    One that ``settles`` is asked first: people have said in it whose the rows of other sources are.
    ``scope`` are the states that a list is declared to be of, which are known where it cannot be read.
    One that is ``fork_safe`` may be asked in a process that was forked after it was opened: it holds no
    connection, lock or thread that two processes must not share.
    """

    name: str
    adapter: str
    kinds: tuple[EvidenceKind, ...]
    authority: Authority
    coverage: Coverage
    max_age_days: int
    live: bool = False
    scope: tuple[str, ...] = ()
    fork_safe: bool = False
    settles: bool = False


class Snapshot(Model, kw_only=True):
    """What an answer was read from: a listing's file, or the registry on one day.

    ``id`` is the SHA-256 of a listing's bytes, the id of a snapshot in the store, and None for a
    live registry. ``as_of`` is the day that it speaks of. ``rejects`` quotes the rejected rows with
    their reasons, ``rejected`` counts them where not all are quoted; ``nameless`` of them say
    nothing of whose they are. ``torn`` says where a listing breaks off, ``partial`` why it is not
    complete, whatever its source declares. ``scope`` are the certificates that it holds
    rows of, as board/specialty.
    """

    id: str | None = None
    as_of: dt.date
    rows: int | None = None
    rejects: tuple[str, ...] = ()
    rejected: int = 0
    nameless: int = 0
    torn: str | None = None
    partial: str | None = None
    scope: tuple[str, ...] = ()


class PersonRecord(Model, kw_only=True):
    """Somebody as a row or a registry describes them. Nothing is known of what is empty or None.

    It is empty where a row is about no person (a program). ``npi`` is as written, so that a misprint
    can be recognized. ``specialties`` are fields of medicine (reference.specialty_groups), the most
    telling first: of a registry's person those of the taxonomies, of a row those that its certificate
    or training goes with. ``graduated`` is the year of the medical degree, ``certified`` that of the
    certificate, ``trained`` that in which the training ended, ``enumerated`` that in which the NPI was
    issued. ``birth_date`` serves comparison alone: it is never printed, exported or stored in clear.
    ``replaced_by`` is the number that took this one's place, ``former_npis`` those whose place it took.
    """

    npi: str | None = None
    names: tuple[PersonName, ...] = ()
    credential: str = ""
    places: tuple[Place, ...] = ()
    licenses: tuple[License, ...] = ()
    specialties: tuple[str, ...] = ()
    school: str = ""
    graduated: int | None = None
    born: int | None = None
    birth_date: dt.date | None = None
    certified: int | None = None
    trained: int | None = None
    enumerated: int | None = None
    replaced_by: str = ""
    former_npis: tuple[str, ...] = ()
    deactivated: bool = False
    organization: bool = False


class Claim(Model, kw_only=True):
    """One row of a source: what it says (``record``) of whom (``about``), and where it stands.

    A row that may concern the physician but cannot be read has a ``problem``; its record then has
    the fields that could be read, or is None. A row that is about no person but a program says in
    ``program`` by what it was found. ``verification``: a person found out what it says, and how.
    """

    kind: EvidenceKind
    about: PersonRecord = PersonRecord()
    program: Literal["program_code", "program_name"] | None = None
    record: Record | None
    problem: str | None = None
    verification: Verification | None = None
    provenance: Provenance


class Answer(Model, kw_only=True):
    """A source's answer for one physician: every row that may be about them.

    Which of the rows really are is not for the source to decide. ``dispositions`` are what people have
    said of other sources' rows: whether they are this physician's, by the digest of the row.
    """

    claims: tuple[Claim, ...] = ()
    dispositions: dict[str, tuple[Disposition, ...]] = msgspec.field(default_factory=dict)
    snapshot: Snapshot | None = None
    failure: str | None = None


class Subject(Model, kw_only=True):
    """Whom a source is asked about, and the evidence that earlier sources brought.

    A registry is asked with the number alone, before there is a physician. ``former_npis`` are numbers
    that the registry says were replaced by this one: what stands under them is the subject's too.
    """

    npi: Npi
    former_npis: tuple[Npi, ...] = ()
    physician: Physician | None = None
    evidence: tuple[Evidence, ...] = ()


class Source(Protocol):
    """A registry or listing that can be asked."""

    @property
    def facts(self) -> SourceFacts:
        """What the source declares. Cheap: nothing is read or asked for it."""
        ...

    def collect(self, subjects: Sequence[Subject]) -> Sequence[Answer]:
        """Answer for every subject, in order. Raises SourceFailed if the source is unusable."""
        ...


class NameQuestion(Model, kw_only=True):
    """A question to a registry: who bears this name? ``state`` narrows it to one state.

    The name may be written in capitals or not: case does not matter.

    A ``near`` question asks for those too whose names are only near, the nearest first, and need not
    be answered with all of them. A registry that finds no such names answers it with nobody.

    A question for ``variants`` asks for everybody whose own name may be written so: a double name, an
    initial, a short form, a misprint (identity.blocking says which). A registry that cannot look for
    some of these answers with those whom it can find, and says so: see Candidates.
    """

    name: PersonName
    state: str | None = None
    near: bool = False
    variants: bool = False


class Candidates(Model, kw_only=True):
    """Who a registry holds of a name: one registration claim each.

    ``complete`` is False where there may be more of them than the registry would tell. ``variants``
    says that every writing of the name was looked for. ``failure`` says why there is no answer, and
    ``permanent`` that asking again brings none: it never takes such a name.
    """

    claims: tuple[Claim, ...] = ()
    complete: bool = True
    variants: bool = False
    snapshot: Snapshot | None = None
    failure: str | None = None
    permanent: bool = False


class Unavailable(Model, kw_only=True):
    """Why a question got no answer. If it is ``permanent``, asking again brings none."""

    detail: str
    permanent: bool = False


class PlaceQuestion(Model, kw_only=True):
    """A question to a registry: which active individuals practice in a state, or are licensed there?

    With a ``city``, they must practice in it; with a ``zip_code``, under it or, if it has fewer than
    five digits, under one that begins so. ``codes`` are taxonomies of which one is enough.
    """

    state: str
    city: str | None = None
    zip_code: str | None = None
    codes: frozenset[str]


@runtime_checkable
class Directory(Source, Protocol):
    """A registry that can also be asked who is at a place, without a name."""

    def list_people(self, question: PlaceQuestion) -> Candidates:
        """Return a claim for everybody who fits. Raises SourceFailed if it cannot be asked so."""
        ...


@runtime_checkable
class TableSource(Source, Protocol):
    """A source that is a table in a file."""

    def read_over(self) -> Reading:
        """Return how the table is read. Raises SourceFailed if the source is unusable."""
        ...


@runtime_checkable
class Registry(Source, Protocol):
    """A source that can also be asked by name."""

    def search(self, questions: Sequence[NameQuestion]) -> Sequence[Candidates]:
        """Answer every question, in order. Raises SourceFailed if the source is unusable."""
        ...
