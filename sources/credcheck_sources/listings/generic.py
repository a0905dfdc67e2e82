"""Adapter ``listing``: any CSV, mapped to a kind of evidence by configuration or by a preset."""

from typing import Literal

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from credcheck.model import Authority, Coverage, EvidenceKind
from credcheck.source.adapter import Adapter, Context
from credcheck.source.presets import load_preset
from credcheck_sources.listings import (
    board_certificates,
    competencies,
    enrollments,
    exclusions,
    fellowships,
    licenses,
    procedures,
    training_programs,
)
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.listing import Listing
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.preset_reading import explain_few, lay_under, read_as_preset

NAME = "listing"

FORMATS = {
    str(form.kind): form
    for form in (
        board_certificates.FORMAT,
        competencies.FORMAT,
        enrollments.FORMAT,
        exclusions.FORMAT,
        exclusions.REVOCATION_FORMAT,
        exclusions.STATE_FORMAT,
        fellowships.FORMAT,
        licenses.FORMAT,
        procedures.FORMAT,
        training_programs.FORMAT,
    )
}
"""The formats by their kind."""

_Kind = Literal[
    "certificate",
    "competency",
    "enrollment",
    "exclusion",
    "fellowship",
    "license",
    "procedure",
    "program",
    "revocation",
    "state_exclusion",
]


class GenericOptions(ListingOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a listing of any kind: those of every listing, and the kind.

    Instead of ``kind``, ``preset`` names a published file that credcheck can read: see
    ``credcheck sources presets``. Other options override the preset. ``url`` is where
    ``credcheck sources fetch`` gets the file, if it is not the preset's address.
    """

    kind: _Kind | None = None
    preset: str | None = None
    url: str | None = None
    authority: Authority | UnsetType = UNSET  # type: ignore[assignment]  # told apart
    coverage: Coverage | UnsetType = UNSET  # type: ignore[assignment]  # told apart

    def __post_init__(self) -> None:
        if (self.kind is None) == (self.preset is None):
            raise ValueError('give either kind, such as "exclusion", or preset')
        super().__post_init__()

    def explain_partial(self, rows: int) -> str | None:
        """Return why a file with so many rows cannot be the whole of a published one, or None."""
        return explain_few(load_preset(self.preset), rows) if self.preset else None


def open_source(name: str, options: GenericOptions, context: Context) -> Listing:
    """Open a listing of the configured kind, or as its preset says. Raises ValueError."""
    form = _find_format(options)
    if options.preset is not None:
        preset = load_preset(options.preset)
        declared = {x for x in ("authority", "coverage") if getattr(options, x) is not UNSET}
        return Listing(name, NAME, lay_under(options, preset, declared), form, context)
    return Listing(name, NAME, _fill(options), form, context)


def _find_format(options: GenericOptions) -> ListingFormat:
    """Return the format of the configured kind, or as the preset reads it."""
    if options.preset is None:
        return FORMATS[str(options.kind)]
    preset = load_preset(options.preset)
    return read_as_preset(FORMATS[preset.kind], preset, options.preset)


def _fill(options: GenericOptions) -> ListingOptions:
    """Return the options with the usual of every listing where nothing is said."""
    return replace(
        options,
        authority=Authority.SECONDARY if options.authority is UNSET else options.authority,
        coverage=Coverage.PARTIAL if options.coverage is UNSET else options.coverage,
    )


ADAPTER = Adapter(
    name=NAME,
    summary="any CSV, mapped to a kind of evidence with 'kind' and 'columns', or with 'preset'",
    kinds=tuple(EvidenceKind(kind) for kind in FORMATS),
    options=GenericOptions,
    open=open_source,
    schema=lambda options: _find_format(options).schema,
)
