"""What the user asks about."""

import msgspec
from msgspec import UNSET, UnsetType

from credcheck.model.base import Model
from credcheck.model.npi import Npi
from credcheck.model.person import PersonName
from credcheck.model.reason import Reason


class Query(Model, kw_only=True):
    """One physician to check: an NPI, or a name with what narrows it.

    ``name`` is the name as it was given and ``person`` the same in its parts. ``row`` counts from 1;
    ``line`` is where the row begins in a roster's file. ``id`` is the user's own key and ``other``
    what else stands in the row, both handed through. ``problem`` says why a row could not be read as a
    query; such a row is judged ``unverified``, so that rows in are rows out. ``medical_school`` and
    ``graduation_year`` help to tell people of one name apart.
    """

    npi: Npi | None = None
    name: str | None = None
    state: str | None = None
    row: int = 1
    line: int | None = None
    id: str | None = None
    person: PersonName | None = None
    city: str | None = None
    specialty: str | None = None
    license_number: str | None = None
    license_state: str | None = None
    problem: Reason | None = None
    other: dict[str, str] = msgspec.field(default_factory=dict)
    medical_school: str | UnsetType = UNSET
    graduation_year: int | UnsetType = UNSET

    @property
    def schooling(self) -> tuple[str | None, int | None]:
        """The medical school and the year of its degree, None for what is not said."""
        school, year = self.medical_school, self.graduation_year
        return None if school is UNSET else school, None if year is UNSET else year

    @property
    def sheet_row(self) -> int:
        """The row of a roster as a spreadsheet numbers it; without a file, its place."""
        return self.line or self.row
