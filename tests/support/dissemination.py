"""CMS's dissemination files, made from records in the API's shape."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_FIXTURES = Path(__file__).parents[2] / "fixtures"
HEADER = next(csv.reader((_FIXTURES / "nppes_header.csv").read_text().splitlines()))
LOCATIONS = (
    *("NPI", "Provider Secondary Practice Location Address- Address Line 1"),
    "Provider Secondary Practice Location Address-  Address Line 2",
    "Provider Secondary Practice Location Address - City Name",
    "Provider Secondary Practice Location Address - State Name",
    "Provider Secondary Practice Location Address - Postal Code",
)
OTHER_NAMES = (
    *("NPI", "Provider Other Organization Name"),
    *("Provider Other Organization Name Type Code", "Created Date"),
)
MONTHLY = "npidata_pfile_20050523-20261108.csv"
Cells = dict[str, str]


def row(record: Mapping[str, Any]) -> Cells:
    """Return a record of the API as a row of the file."""
    basic = record.get("basic", {})
    cells = {
        "NPI": str(record["number"]),
        "Entity Type Code": record.get("enumeration_type", "")[-1:],
        "Provider Organization Name (Legal Business Name)": basic.get("organization_name"),
        "Provider Last Name (Legal Name)": basic.get("last_name"),
        "Provider First Name": basic.get("first_name"),
        "Provider Middle Name": basic.get("middle_name"),
        "Provider Name Suffix Text": basic.get("name_suffix"),
        "Provider Credential Text": basic.get("credential"),
        "Replacement NPI": basic.get("replacement_npi"),
        "Provider Enumeration Date": _day(basic.get("enumeration_date")),
        "Last Update Date": _day(basic.get("last_updated")),
        "NPI Deactivation Date": _day(basic.get("deactivation_date")),
        "NPI Reactivation Date": _day(basic.get("reactivation_date")),
    }
    for address in record.get("addresses", ()):
        if address["address_purpose"] == "LOCATION":
            place = "Provider Business Practice Location Address"
            cells[f"{place} City Name"] = address.get("city")
            cells[f"{place} State Name"] = address.get("state")
    for other in record.get("other_names", ())[:1]:
        cells["Provider Other Last Name"] = other.get("last_name")
        cells["Provider Other First Name"] = other.get("first_name")
        cells["Provider Other Middle Name"] = other.get("middle_name")
        cells["Provider Other Last Name Type Code"] = other.get("code")
    for slot, taxonomy in enumerate(record.get("taxonomies", ()), 1):
        cells[f"Healthcare Provider Taxonomy Code_{slot}"] = taxonomy.get("code")
        cells[f"Provider License Number_{slot}"] = taxonomy.get("license")
        cells[f"Provider License Number State Code_{slot}"] = taxonomy.get("state")
        switch = "Y" if taxonomy.get("primary") else "N"
        cells[f"Healthcare Provider Primary Taxonomy Switch_{slot}"] = switch
    return {name: cell or "" for name, cell in cells.items()}


def locations(records: Iterable[Mapping[str, Any]]) -> list[Cells]:
    """Return the secondary practice locations of records."""
    return [
        {
            "NPI": str(record["number"]),
            LOCATIONS[3]: place["city"],
            LOCATIONS[4]: place["state"],
            LOCATIONS[5]: place.get("postal_code", ""),
        }
        for record in records
        for place in record.get("practiceLocations", ())
    ]


def individual(npi: str, last: str, first: str, **more: str) -> Cells:
    """Return the row of an anesthesiologist in Ohio; ``more`` by the short names below."""
    cells = {
        "NPI": npi,
        "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": last,
        "Provider First Name": first,
        "Provider Business Practice Location Address City Name": "COLUMBUS",
        "Provider Business Practice Location Address State Name": "OH",
        "Provider Enumeration Date": "05/23/2006",
        "Last Update Date": "01/15/2024",
        "Healthcare Provider Taxonomy Code_1": "207L00000X",
        "Healthcare Provider Primary Taxonomy Switch_1": "Y",
    }
    return cells | {_SHORT[name]: value for name, value in more.items()}


_SHORT = {
    "updated": "Last Update Date",
    "deactivated": "NPI Deactivation Date",
    "reactivated": "NPI Reactivation Date",
    "other_last": "Provider Other Last Name",
    "other_kind": "Provider Other Last Name Type Code",
    "state": "Provider Business Practice Location Address State Name",
    "license_state": "Provider License Number State Code_1",
    "license": "Provider License Number_1",
    "city": "Provider Business Practice Location Address City Name",
    "zip_code": "Provider Business Practice Location Address Postal Code",
    "code": "Healthcare Provider Taxonomy Code_1",
}


def gone(npi: str, day: str) -> Cells:
    """Return the row of a deactivated number: the number and the day, all else blank."""
    return {"NPI": npi, "NPI Deactivation Date": day}


def text(rows: Iterable[Mapping[str, str]], header: Iterable[str] = HEADER) -> str:
    """Return a file: every value in quotes."""
    names = list(header)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cells.get(name, "") for name in names] for cells in rows)
    return out.getvalue()


def write(folder: Path, rows: Iterable[Mapping[str, str]], name: str = MONTHLY) -> Path:
    """Write a dissemination file."""
    path = folder / name
    path.write_text(text(rows), encoding="utf-8")
    return path


def zipped(path: Path, members: Mapping[str, str]) -> Path:
    """Write a zip as CMS does, header files and all."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
            archive.writestr(name.replace(".csv", "_fileheader.csv"), content.splitlines()[0])
        archive.writestr("NPPES_Data_Dissemination_Readme.pdf", b"%PDF-1.4")
    return path


def _day(iso: str | None) -> str:
    return f"{iso[5:7]}/{iso[8:]}/{iso[:4]}" if iso else ""
