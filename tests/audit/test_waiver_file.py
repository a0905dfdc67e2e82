"""The file of waivers: what is not whole or not clear is refused."""

import re
from pathlib import Path

import pytest

from credcheck.audit.waiver_file import WaiverError, load_waivers
from credcheck.audit.waivers import Waiver
from credcheck.model import ReasonCode

REQUIREMENTS = ("registration", "fellowship", "board_certification")
DIGEST = "0f" * 32
GOOD = f"""
[[waiver]]
npi = "2000001075"
requirement = "board_certification"
reasons = ["certificate_expired", "not_in_moc"]
records = ["{DIGEST}"]
author = "Dr. A. Chair"
reason = "Renewal is under way; letter of 2026-10-20"
created = 2026-10-20
expires = 2026-12-31
"""


def read(tmp_path: Path, text: str) -> list[Waiver]:
    path = tmp_path / "waivers.toml"
    path.write_text(text)
    return load_waivers(path, REQUIREMENTS)


def test_a_waiver_is_read(tmp_path: Path) -> None:
    (found,) = read(tmp_path, GOOD)
    assert found.reasons == (ReasonCode.CERTIFICATE_EXPIRED, ReasonCode.NOT_IN_MOC)
    assert found.records == (DIGEST,)
    assert str(found).startswith(
        "NPI 2000001075, board certificate expired, board certificate: not in continuing"
        " certification; accepted by Dr. A. Chair until 2026-12-31"
    )


def test_records_may_be_left_out(tmp_path: Path) -> None:
    (found,) = read(tmp_path, GOOD.replace(f'records = ["{DIGEST}"]', ""))
    assert found.records == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('author = "Dr. A. Chair"', "", "missing required field `author`"),
        ('author = "Dr. A. Chair"', 'author = " "', "must not be empty"),
        ("author", "auther", "unknown key 'auther'.*author"),
        ("board_certification", "board_certificate", "no requirement"),
        ("2000001075", "2000001076", "check digit"),
        ("npi =", "id = 'x'\nnpi =", "either npi or id"),
        ('npi = "2000001075"', "id = ' '", "id must not be empty"),
        ("2026-12-31", "2027-12-31", "runs for 437 days; the limit is 365"),
        ("2026-12-31", "2026-10-01", "expires before"),
        ("[[waiver]]", "max_days = 30\n[[waiver]]", "runs for 72 days; the limit is 30"),
        ("[[waiver]]", "max_days = 9999\n[[waiver]]", "up to 365"),
        ("[[waiver]]", "[[waivers]]", "unknown key 'waivers'"),
        ("created = 2026-10-20", 'created = "soon"', "created"),
        ("reasons", "# reasons", "name the reason codes that it covers"),
        ('["certificate_expired", "not_in_moc"]', "[]", "name the reason codes that it covers"),
        ('["certificate_expired", "not_in_moc"]', '"certificate_expired"', "reasons"),
        ('["certificate_expired", "not_in_moc"]', "[1]", "reasons"),
        ("certificate_expired", "certificate_expird", "did you mean 'certificate_expired'"),
        ("certificate_expired", "*", "unknown reason code"),
        (f'["{DIGEST}"]', "[]", "records is empty"),
        (DIGEST, "0f0f", "64 digits"),
        (DIGEST, DIGEST.upper(), "64 digits"),
        (f'["{DIGEST}"]', f'"{DIGEST}"', "records"),
    ],
)
def test_a_waiver_that_is_not_whole_is_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert before in GOOD
    with pytest.raises(WaiverError, match=said):
        read(tmp_path, GOOD.replace(before, after))


@pytest.mark.parametrize("page", ["reference/waivers.md", "how-to/audit-every-month.md"])
def test_the_waivers_of_the_documents_are_read(tmp_path: Path, page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (found,) = read(tmp_path, block)
    assert found.reasons == (ReasonCode.CERTIFICATE_EXPIRED,)


def test_every_key_of_a_waiver_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "waivers.md"
    text = page.read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in Waiver.__struct_fields__)
