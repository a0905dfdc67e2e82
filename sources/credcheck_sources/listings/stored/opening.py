"""A listing opened: as its index if there is one, else read, and made an index for the next time."""

import stat
from functools import partial
from pathlib import Path

from credcheck.storage.index_folder import IndexFolder
from credcheck.storage.pages import PageFile, PagesDamaged, PageSeal
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.loader import load
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.searchable import SearchableListing
from credcheck_sources.listings.stored.build import write_index
from credcheck_sources.listings.stored.key import digest_file, make_key
from credcheck_sources.listings.stored.listing import StoredListing

SMALLEST = 20_000
"""Bytes of a file below which reading it costs less than to keep an index of it."""


def open_listing(
    path: Path, options: ListingOptions, form: ListingFormat, store: Path, name: str = "NAME"
) -> SearchableListing:
    """Open a listing. Raises UnusableTable if it cannot be trusted as a whole.

    Nothing about its index is an error: what is damaged is removed, and what cannot be kept is not.
    """
    if not _is_worth_it(path):
        return load(path, options, form, name)
    try:
        digest = digest_file(path)
        key = make_key(digest, path, options, form)
    except OSError:
        return load(path, options, form, name)
    indexes, seal = IndexFolder(store), PageSeal(digest.secret, key)
    if (found := indexes.find(key)) is not None:
        discard = partial(indexes.discard, key)
        try:
            return StoredListing(path, options, form, PageFile(found, seal), discard)
        except PagesDamaged:
            discard()
    loaded = load(path, options, form, name)
    if loaded.reading.sha256 == digest.sha256:  # else it was changed between
        indexes.build(key, partial(write_index, listing=path, loaded=loaded, seal=seal))
    return loaded


def _is_worth_it(path: Path) -> bool:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size >= SMALLEST
