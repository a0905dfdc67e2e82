"""Which column of a file is which of ours: declared, or recognized by the reviewed table of headers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.model import Model
from credcheck.reference.headers import (
    Spelling,
    columns_of,
    header_key,
    is_birth_date,
    is_private,
    other_npi,
    recognize,
)
from credcheck.tables.base import Remedy
from credcheck.tables.header import check_header, column_key
from credcheck.tables.limits import quote
from credcheck.tables.options import ReadOptions, TableOptions
from credcheck.tables.published import PublishedHeader

__all__ = ["check_header", "column_key", "is_private"]

_SHOWN = 12

Use = Literal["declared", "recognized", "ignored", "unused", "private", "other_npi"]
"""How a column of a file is used, and how it is known."""


class ColumnsError(UsageError):
    """It cannot be told which column is which, or what is said of them is wrong."""

    def __init__(self, message: str, remedy: Remedy | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy


class Column(Model, kw_only=True):
    """One column by our name.

    ``required`` columns must be in the file, though cells may be empty, unless the column ``unless`` is
    there. ``holds`` says what its cells are, ``words`` which reviewed table understands them,
    ``without`` what stays undecided where a file lacks the column.
    """

    name: str
    required: bool = False
    unless: str = ""
    holds: Literal["text", "name", "npi", "date", "word", "count"] = "text"
    words: str = ""
    without: str = ""


class TableSchema(Model, kw_only=True):
    """The columns of one kind of table, and the groups of ``headers.toml`` that it may have.

    ``published`` is the header of the published file that it is, if it is one.
    """

    kind: str
    columns: tuple[Column, ...]
    groups: tuple[str, ...] = ()
    published: PublishedHeader | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Our columns' names."""
        return tuple(column.name for column in self.columns)

    def key(self, name: str) -> str:
        """Return the name of a file's column for comparison."""
        return self.published.key(name) if self.published is not None else column_key(name)

    def wanted(self, options: TableOptions) -> frozenset[str]:
        """Return the headers that this kind or the configuration names, for finding their row."""
        theirs = (*options.columns.values(), *options.ignore_columns, *options.header)
        return frozenset(map(column_key, (*self.names, *theirs)))


class ColumnUse(NamedTuple):
    """What a column of a file is used for, how that is known, and why."""

    place: int
    header: str
    use: Use
    ours: str = ""
    why: str = ""


class Binding(NamedTuple):
    """Which column of a file is which."""

    uses: tuple[ColumnUse, ...]
    constants: Mapping[str, str]
    missing: tuple[Column, ...]

    @property
    def places(self) -> dict[str, int]:
        """Where each of our columns stands."""
        return {each.ours: each.place for each in self.uses if each.ours}


def bind_columns(
    file: str, header: Sequence[str], schema: TableSchema, options: TableOptions, read: ReadOptions
) -> Binding:
    """Say of every column what it is. Raises ColumnsError where that cannot be told for certain."""
    places = {schema.key(name): place for place, name in enumerate(header) if name}
    check_saved_header(file, header, options, read)
    if schema.published is not None and not options.header:
        schema.published.check(file, header)
    declared = _find_declared(file, header, places, schema, options)
    ignored = {places[x] for x in map(schema.key, options.ignore_columns) if x in places}
    free = [x for x in range(len(header)) if x not in declared and x not in ignored]
    found = _recognize_columns(file, header, free, set(declared.values()), schema, read)
    _check_constants(file, header, found, options, read)
    uses = tuple(
        _describe_use(place, name, declared, found, ignored) for place, name in enumerate(header)
    )
    have = {each.ours for each in uses if each.ours} | options.constants.keys()
    missing = tuple(column for column in schema.columns if column.name not in have)
    if needed := [x.name for x in missing if x.required and x.unless not in have]:
        others = tuple(each.header for each in uses if each.use == "unused" and each.header)
        remedy = Remedy("columns", others, needed[0]) if others else None
        raise ColumnsError(_explain_missing(file, needed, schema, header, read), remedy)
    return Binding(uses, options.constants, missing)


def check_saved_header(
    file: str, header: Sequence[str], options: TableOptions, read: ReadOptions
) -> None:
    """Raise ColumnsError where a file has other columns than were saved."""
    if not options.header:
        return
    saved = {column_key(name): name for name in options.header}
    there = {column_key(name): name for name in header if name}
    gone = [name for key, name in saved.items() if key not in there]
    new = [name for key, name in there.items() if key not in saved]
    if gone or new:
        parts = [f"new {', '.join(map(quote, new))}"] if new else []
        parts += [f"gone {', '.join(map(quote, gone))}"] if gone else []
        raise ColumnsError(
            f"{file}: its columns differ from those saved: {'; '.join(parts)}. Check the file;"
            f" if it is right, save the new columns: credcheck sources set {read.table} --accept"
        )


def guess_columns(
    header: Sequence[str], said: Mapping[str, str], known: Collection[str], groups: Iterable[str]
) -> dict[str, int]:
    """Return where each of our columns stands, by what the user says and by the table of headers."""
    schema = TableSchema(
        kind="table", columns=tuple(Column(name=name) for name in known), groups=tuple(groups)
    )
    return bind_columns("the file", header, schema, _options_of(said), ReadOptions()).places


def bind_people_columns(header: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Return where each of our columns stands. Raises ColumnsError; without names there is none."""
    found = guess_columns(
        header, said, (*columns_of("person"), *columns_of("match")), ("match", "person")
    )
    if "name" not in found and not {"last_name", "first_name"} <= found.keys():
        shown = ", ".join(header[:_SHOWN])
        more = f" and {len(header) - _SHOWN} more" if len(header) > _SHOWN else ""
        raise ColumnsError(
            f"no column for the names among {shown}{more}; name them, such as"
            " --columns 'last_name=Diplomate Last Name' --columns 'first_name=Diplomate First Name'"
        )
    return found


def _options_of(said: Mapping[str, str]) -> TableOptions:
    try:
        return TableOptions(columns=dict(said))
    except ValueError as error:
        raise ColumnsError(f"--columns: {error}") from error


def _find_declared(
    file: str,
    header: Sequence[str],
    places: Mapping[str, int],
    schema: TableSchema,
    options: TableOptions,
) -> dict[int, str]:
    found: dict[int, str] = {}
    for ours, theirs in options.columns.items():
        if ours not in schema.names:
            raise ColumnsError(
                f"columns: {ours!r} is not a credcheck column{did_you_mean(ours, schema.names)}"
            )
        if schema.key(theirs) not in places:
            if schema.published is not None and schema.published.may_lack(theirs):
                continue
            raise ColumnsError(
                f"{file}: no column {theirs!r}, although the columns option names it for {ours}"
                f"{did_you_mean(theirs, filter(None, header))}"
            )
        _check_not_private(file, theirs, ours)
        found[places[schema.key(theirs)]] = ours
    return found


def _check_not_private(file: str, theirs: str, ours: str) -> None:
    """Raise ColumnsError where a private column is to be read as one of ours, and so to be kept."""
    if is_private(theirs) and column_key(theirs) != column_key(ours):
        what = "birth dates" if is_birth_date(theirs) else "Social Security numbers"
        raise ColumnsError(
            f"{file}: by its name, column {theirs!r} holds {what}, so it is not read as {ours}; name"
            " another column"
        )


def _recognize_columns(
    file: str,
    header: Sequence[str],
    free: Iterable[int],
    taken: Collection[str],
    schema: TableSchema,
    read: ReadOptions,
) -> dict[int, str]:
    """Return which of the free columns is which. Raises ColumnsError where two may be one of ours."""
    candidates: dict[str, list[tuple[int, bool]]] = {}
    for place in free:
        spelling = _recognize(header[place], schema)
        if spelling is not None and spelling.column not in taken:
            candidates.setdefault(spelling.column, []).append((place, spelling.yields))
    found: dict[int, str] = {}
    for ours, each in candidates.items():
        firm = [place for place, yields in each if not yields] or [place for place, _ in each]
        if len(firm) > 1:
            names = " and ".join(repr(header[place]) for place in firm)
            raise ColumnsError(
                f"{file}: {names} could each be {ours}; choose one:"
                f" {read.spell('columns', header[firm[0]], key=ours)}",
                Remedy("columns", tuple(header[place] for place in firm), ours),
            )
        found[firm[0]] = ours
    return found


def _recognize(name: str, schema: TableSchema) -> Spelling | None:
    own = {header_key(ours): ours for ours in schema.names}
    if header_key(name) in own:
        return Spelling(own[header_key(name)])
    spelling = recognize(name, schema.groups) if schema.groups else None
    return spelling if spelling is not None and spelling.column in schema.names else None


def _check_constants(
    file: str,
    header: Sequence[str],
    found: Mapping[int, str],
    options: TableOptions,
    read: ReadOptions,
) -> None:
    for name, value in options.constants.items():
        if not value.strip():
            raise ColumnsError(f"{file}: constants sets {name} to an empty value; leave it out")
    for place, ours in found.items():
        if ours in options.constants:
            raise ColumnsError(
                f"{file}: constants sets {ours}, but the file has that column ({header[place]!r});"
                f" if it is something else, use {read.spell('ignore_columns', header[place])}"
            )


def _describe_use(
    place: int,
    name: str,
    declared: Mapping[int, str],
    found: Mapping[int, str],
    ignored: Collection[int],
) -> ColumnUse:
    if place in declared:
        return ColumnUse(place, name, "declared", declared[place], "declared")
    if place not in found and name and is_private(name):
        return ColumnUse(place, name, "private", why="never read")
    if place in ignored:
        return ColumnUse(place, name, "ignored", why="not used (as configured)")
    if place in found:
        own = column_key(name) == column_key(found[place])
        why = "credcheck's own name" if own else "a known header"
        return ColumnUse(place, name, "recognized", found[place], why)
    if name and (whose := other_npi(name)):
        why = "the NPI of an organization" if whose == "organization" else "someone else's NPI"
        return ColumnUse(place, name, "other_npi", why=why)
    return ColumnUse(place, name, "unused", why="" if name else "a column without a header")


def _explain_missing(
    file: str, needed: Sequence[str], schema: TableSchema, header: Sequence[str], read: ReadOptions
) -> str:
    required = ", ".join(column.name for column in schema.columns if column.required)
    shown = ", ".join(filter(None, header))
    what = f"column {needed[0]} is" if len(needed) == 1 else f"columns {', '.join(needed)} are"
    return (
        f"{file}: the {what} missing; found: {shown}; needed: {required}; if it has another name,"
        f" use {read.spell('columns', 'Their Header', key=needed[0])}"
    )
