"""A reading for people: how a table was read, in one line or column by column."""

from collections.abc import Mapping, Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from credcheck._util.text import pluralize
from credcheck.model.reading import ColumnReading, Reading
from credcheck.reports.terminal.styles import safe_text
from credcheck.tables.header import column_key

_SHOWN = 6
_LONGEST = 30
_USES: Mapping[str, str] = {
    "declared": "declared",
    "recognized": "recognized",
    "constant": "the same in every row",
    "understood": "understood",
    "ignored": "not used (as configured)",
    "other_npi": "not used",
    "private": "private",
    "unused": "not used",
}
_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "vertical bar"}


def describe_reading(reading: Reading) -> str:
    """Return a reading in one line: where the headers are, what is used, what was not understood."""
    parts = [pluralize(reading.rows, "row"), _describe_header(reading)]
    parts += [_describe_use(x) for x in reading.used if x.header]
    parts += [f"{x.ours} is {x.value!r}" for x in reading.used if not x.header]
    troubles = list_troubles(reading)
    return ", ".join(parts) + (f"; {'; '.join(troubles)}" if troubles else "")


def _describe_use(column: ColumnReading) -> str:
    ours = column.ours or ""
    return (
        ours if column_key(column.header) == column_key(ours) else f"{ours} from {column.header!r}"
    )


def list_troubles(reading: Reading) -> list[str]:
    """Return what in a table could not be read or understood, each in a few words."""
    found = [f"{pluralize(reading.rejected, 'row')} unreadable"] if reading.rejected else []
    for each in reading.used:
        if each.not_understood:
            words = _quote_counts(each.not_understood)
            found.append(f"not recognized in {each.header or each.ours!r}: {words}")
        if each.not_npis:
            found.append(f"no NPIs in {each.header!r}: {', '.join(each.not_npis)}")
    found += [f"no {each.ours}: {each.without}" for each in reading.missing]
    return found


def reading_page(name: str, reading: Reading, rows: Sequence[Sequence[str]] = ()) -> Group:
    """Return a reading column by column, with some rows as they were read."""
    head = Text().append(safe_text(name, "bold"))
    head.append(safe_text(f"  {reading.file}: {pluralize(reading.rows, 'row')}"))
    lines = [head, *(Text("  ").append(safe_text(line)) for line in _describe_file(reading))]
    parts: list[Text | Table] = [*lines, _make_columns(reading, _list_examples(reading, rows))]
    troubles = [Text("  ! ").append(safe_text(each)) for each in list_troubles(reading)]
    quoted = [Text("    ").append(safe_text(each)) for each in reading.rejects]
    return Group(*parts, *troubles, *quoted)


def _describe_file(reading: Reading) -> list[str]:
    facts = {
        key: _DELIMITERS.get(value, value) if key == "delimiter" else value
        for key, value in reading.facts.items()
    }
    found = [", ".join(f"{key} {value}" for key, value in facts.items())] if facts else []
    found.append(f"{_describe_header(reading)}: {reading.header_reason}")
    found += [f"above the headers, not read: {each}" for each in reading.titles]
    found += [f"at the end, not read: {each}" for each in reading.totals]
    if reading.repeats:
        found.append(f"{pluralize(reading.repeats, 'row')} repeating the headers, not read")
    if reading.blank:
        found.append(f"{pluralize(reading.blank, 'blank row')} skipped")
    return found + list(reading.notes)


def _describe_header(reading: Reading) -> str:
    return f"headers in row {reading.header_row}" if reading.header_row else "no header row"


def _list_examples(reading: Reading, rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return what the first rows hold in each column that is used."""
    used = [each.header for each in reading.used if each.header]
    columns = zip(*rows, strict=True) if rows else ()
    return {
        header: "; ".join(dict.fromkeys(map(_shorten, filter(None, cells))))
        for header, cells in zip(used, columns, strict=False)
    }


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _make_columns(reading: Reading, examples: Mapping[str, str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 2), header_style="bold")
    titles = ("Their column", "Read as", "Why", "Holds", *(("First rows",) if examples else ()))
    for title in titles:
        table.add_column(title, overflow="fold", vertical="top")
    for each in reading.columns:
        theirs = each.header or (f"(column {each.column})" if each.column else "")
        ours = each.ours or "-"
        style = "" if each.ours else "dim"
        why = f"{_USES[each.use]}: {each.why}" if _adds(each) else _USES[each.use]
        table.add_row(
            safe_text(theirs, style),
            safe_text(ours, style),
            safe_text(why, style),
            safe_text(_describe_cells(each), style),
            *((safe_text(examples.get(each.header, ""), "dim"),) if examples else ()),
        )
    return table


def _adds(column: ColumnReading) -> bool:
    return bool(column.why) and column.use in {"other_npi", "private", "understood", "unused"}


def _describe_cells(column: ColumnReading) -> str:
    if column.value is not None:
        rows = f" ({pluralize(column.filled, 'row')})" if column.use == "understood" else ""
        return f"{column.value!r}{rows}"
    parts = [f"{column.npis:,} NPIs"] if column.npis else []
    parts += [f"{pluralize(column.several, 'cell')} with several"] if column.several else []
    parts += [f"{count:,} {form}" for form, count in column.dates.items()]
    parts += [f'{pluralize(column.nulls, "cell")} for "no value"'] if column.nulls else []
    if column.replaced:
        parts.append(f"replaced: {_quote_counts(column.replaced)}")
    return "; ".join(parts)


def _quote_counts(counts: Mapping[str, int]) -> str:
    shown = [f"{word!r} ({count:,})" for word, count in list(counts.items())[:_SHOWN]]
    more = len(counts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
