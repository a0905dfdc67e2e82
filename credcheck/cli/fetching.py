"""What can be fetched: which file, from where, into which dataset of the store."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec

from credcheck._util.errors import UsageError
from credcheck._util.files import atomic_write
from credcheck._util.suggest import did_you_mean
from credcheck.config import SourceConfig
from credcheck.model.date_forms import MONTHS
from credcheck.source.adapter import load_adapter
from credcheck.source.presets import list_presets, load_preset
from credcheck.storage.download import Downloader, DownloadError
from credcheck.storage.partial_file import Received

NPPES = "nppes"
_NPPES_PAGE = "https://download.cms.gov/nppes/NPI_Files.html"
_MONTHLY = re.compile(
    r"""href=["']([^"']*NPPES_Data_Dissemination_([A-Z][a-z]+)_([0-9]{4})(?:_V[0-9]+)?\.zip)["']"""
)
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Fetch(NamedTuple):
    """One file to be fetched. Without ``url`` it is got by hand, as ``by_hand`` says.

    ``is_page``: the URL is of a page that names the newest file; ``is_document``: of a JSON document
    that names it as ``downloadURL``.
    """

    name: str
    source: SourceConfig | None
    url: str | None
    file: str
    by_hand: str = ""
    page: str = ""
    is_page: bool = False
    is_document: bool = False


def plan_fetches(
    wanted: Sequence[str], sources: Sequence[SourceConfig], url: str | None
) -> list[Fetch]:
    """Return what is to be fetched: what is named, else whatever is configured to ask the store.

    Raises UsageError for a name that is nothing.
    """
    configured = {each.name: each for each in sources}
    if not wanted:
        asking = [each for each in sources if "snapshot" in each.options]
        return [made for each in asking if (made := _of_source(each, None)) is not None]
    return [_of_name(name, configured, url) for name in wanted]


def _of_name(name: str, configured: dict[str, SourceConfig], url: str | None) -> Fetch:
    if name in configured:
        source = configured[name]
        if "path" in source.options:
            raise UsageError(
                f"[sources.{name}] reads the file at its path; to use the fetched copy, replace"
                ' path and as_of with snapshot = "current"'
            )
        made = _of_source(source, url)
        if made is None:
            raise UsageError(f"[sources.{name}] names no published file; set its preset or its url")
        return made
    if name == NPPES:
        page = url or _NPPES_PAGE
        return Fetch(NPPES, None, page, "NPPES.zip", page=page, is_page=page.endswith(".html"))
    if name in list_presets():
        options = {"preset": name, "snapshot": "current"}
        made = _of_source(SourceConfig(name=name, adapter="listing", options=options), url)
        assert made is not None  # noqa: S101 - a preset is a published file
        return made
    known = [*configured, NPPES, *list_presets()]
    raise UsageError(f"{name!r} cannot be fetched{did_you_mean(name, known)}")


def _of_source(source: SourceConfig, url: str | None) -> Fetch | None:
    said = url or source.options.get("url") or _default_url(source.adapter)
    preset_name = source.options.get("preset")
    if preset_name is None:
        if not isinstance(said, str):
            return None
        return Fetch(source.name, source, said, Path(urlsplit(said).path).name or "list.csv")
    preset = load_preset(str(preset_name))
    found = said or preset.url
    return Fetch(
        source.name,
        source,
        str(found) if found else None,
        _SAFE.sub("-", preset.file),
        preset.by_hand or "",
        preset.page,
        is_document=said is None and preset.url_names == "document",
    )


def _default_url(adapter: str) -> str | None:
    """Return where an adapter's one published file is."""
    options = load_adapter(adapter).options
    fields = options.__struct_fields__
    defaults = dict(zip(reversed(fields), reversed(options.__struct_defaults__), strict=False))
    found = defaults.get("url")
    return found if isinstance(found, str) else None


def find_newest(downloader: Downloader, fetch: Fetch, folder: Path) -> Fetch:
    """Return the fetch of the file that a page or a document names. Raises DownloadError."""
    if fetch.url is None or not (fetch.is_page or fetch.is_document):
        return fetch
    page = folder / "page.html"
    downloader.get(fetch.url, page, may_be_page=True)
    text = page.read_text(encoding="utf-8", errors="replace")
    page.unlink()
    if fetch.is_document:
        return fetch._replace(url=_read_document(fetch.url, text), is_document=False)
    links = _MONTHLY.findall(text)
    dated = [
        (int(year), MONTHS.index(month.lower()), link)
        for link, month, year in links
        if month.lower() in MONTHS
    ]
    if not dated:
        raise DownloadError(f"{fetch.url}: links to no monthly file; download it by hand")
    url = urljoin(fetch.url, max(dated)[2])
    return fetch._replace(url=url, file=Path(urlsplit(url).path).name, is_page=False)


def _read_document(url: str, text: str) -> str:
    """Return the one CSV file on the document's own host that it names. Raises DownloadError."""
    try:
        document = msgspec.json.decode(text.encode())
    except msgspec.DecodeError as error:
        raise DownloadError(f"{url}: it is not JSON ({error}); get the file by hand") from error
    host = urlsplit(url).hostname
    named = {
        each
        for each in _list_downloads(document)
        if urlsplit(each).path.lower().endswith(".csv") and urlsplit(each).hostname == host
    }
    if len(named) != 1:
        raise DownloadError(f"{url}: it names {len(named)} CSV files of its host; get it by hand")
    return named.pop()


def _list_downloads(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _list_downloads(each)
    elif isinstance(node, dict):
        for name, each in node.items():
            if name == "downloadURL" and isinstance(each, str):
                yield each
            else:
                yield from _list_downloads(each)


def day_of(received: Received, today: dt.date) -> dt.date:
    """Return the day that a file speaks of: that of its last change, as the server says, else today."""
    modified = received.validators.modified
    try:
        said = parsedate_to_datetime(modified).date() if modified else today
    except ValueError:
        return today
    return min(said, today)


class FetchLog:
    """What was fetched last of each dataset, so that it is asked for only where it has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> Received | None:
        """Return what was fetched last, if that is known."""
        try:
            return msgspec.json.decode(self._path(name).read_bytes(), type=Received)
        except (OSError, msgspec.DecodeError):
            return None

    def write(self, name: str, received: Received) -> None:
        """Note what was fetched. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with atomic_write(self._path(name)) as out:
            out.write(msgspec.json.encode(received))

    def _path(self, name: str) -> Path:
        return self._folder / f"{_SAFE.sub('-', name)}.json"
