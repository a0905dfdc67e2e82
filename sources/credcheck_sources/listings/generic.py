"""Adapter ``listing``: any CSV, mapped to a kind of evidence by configuration alone."""

from typing import Literal

from credcheck.model import EvidenceKind
from credcheck.source.adapter import Adapter, Context
from credcheck_sources.listings import (
    board_certificates,
    competencies,
    exclusions,
    fellowships,
    procedures,
    training_programs,
)
from credcheck_sources.listings.listing import Listing
from credcheck_sources.listings.options import ListingOptions

NAME = "listing"

FORMATS = {
    str(module.FORMAT.kind): module.FORMAT
    for module in (
        board_certificates,
        competencies,
        exclusions,
        fellowships,
        procedures,
        training_programs,
    )
}
"""The formats by their kind."""


class GenericOptions(ListingOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a listing of any kind: as of every listing, and which kind it is."""

    kind: Literal["certificate", "competency", "exclusion", "fellowship", "procedure", "program"]


def open_source(name: str, options: GenericOptions, context: Context) -> Listing:
    """Open a listing of the configured kind."""
    return Listing(name, NAME, options, FORMATS[options.kind], context)


ADAPTER = Adapter(
    name=NAME,
    summary="any CSV, mapped to a kind of evidence with 'kind' and 'columns'",
    kinds=tuple(EvidenceKind(kind) for kind in FORMATS),
    options=GenericOptions,
    open=open_source,
    schema=lambda options: FORMATS[options.kind].schema,
)
