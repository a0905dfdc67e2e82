"""FHIR R4: one Bundle of all that was verified, for systems of provider directories."""

from typing import BinaryIO

import msgspec

from credcheck._util.text import json_visible
from credcheck.reports.fhir import resources
from credcheck.reports.formats.base import Extra, Format
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: Extra) -> None:
    made = msgspec.json.encode(results.header.started_at)
    out.write(b'{"resourceType":"Bundle","type":"collection","timestamp":%s,"entry":[' % made)
    separator = b"\n"
    for verdict in results:
        for address, resource in resources(verdict, extra.remark):
            entry = {"fullUrl": address, "resource": resource}
            out.write(separator + json_visible(msgspec.json.encode(entry)))
            separator = b",\n"
    out.write(b"\n]}\n")


FORMAT = Format("fhir", ".fhir", "a FHIR R4 Bundle: practitioners and what was verified", _write)
