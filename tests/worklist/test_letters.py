"""Letters ask, and tell outsiders nothing of what was found. Templates of others can do no harm."""

import datetime as dt
from pathlib import Path

import pytest

from credcheck.demo import demo_folder, demo_people
from credcheck.model import Verdict
from credcheck.worklist.addressees import AddresseeKind
from credcheck.worklist.contacts import ContactsError, load_contacts
from credcheck.worklist.items import Item, Plan, list_items
from credcheck.worklist.letters import (
    LETTER_KINDS,
    Letter,
    LetterError,
    Sender,
    merge_rows,
    to_page,
    write_letters,
)
from tests.support.build import STANDARD
from tests.support.world import judge

SENDER = Sender(day=dt.date(2026, 11, 20), signer="J. Roe", organization="Example Clinic")
ALL = Plan(negatives=True, advisory=True)


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    return judge(demo_folder(), *(person.npi for person in demo_people()))


@pytest.fixture(scope="module")
def items(verdicts: list[Verdict]) -> list[Item]:
    return list_items(verdicts, STANDARD, ALL)


def write(items: list[Item], templates: Path | None = None) -> list[Letter]:
    return write_letters(items, load_contacts(None), SENDER, templates)


@pytest.mark.slow(every_case=True)
def test_a_letter_tells_nothing_of_what_was_found(
    verdicts: list[Verdict], items: list[Item]
) -> None:
    said = {r.message for v in verdicts for f in v.findings for r in f.reasons}
    said |= {"does_not_meet", "unverified", "not met", "not_met", "does not meet"}
    letters = write(items)
    assert len(letters) > 10
    for letter in letters:
        for text in (letter.text, to_page(letter)):
            assert not [each for each in said if each in text]


def test_a_letter_is_to_one_addressee_about_one_person(items: list[Item]) -> None:
    for letter in write(items):
        assert len({(item.ask.kind, item.ask.name, item.npi) for item in letter.items}) == 1
        assert letter.id in letter.text
        about_program = letter.kind is AddresseeKind.ACCREDITOR  # and not about anybody
        assert (letter.items[0].npi in letter.text) is not about_program


def test_a_letter_to_a_program_has_the_elements_of_vgmet(items: list[Item]) -> None:
    texts = [x.text for x in write(items) if x.kind is AddresseeKind.PROGRAM]
    assert texts
    for word in ("Section 1", "Section 2", "Section 3", "Dates of training", "Probation"):
        assert all(word in text for text in texts)


def test_there_is_a_template_for_every_kind(items: list[Item]) -> None:
    from msgspec.structs import replace

    one = next(item for item in items if item.npi)
    for kind in LETTER_KINDS:
        (letter,) = write([replace(one, ask=replace(one.ask, kind=kind))])
        assert letter.text.strip()


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ items.append(1) }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ verdict }}",
        "{{ items[0].open }}",
        "{{ items[0].codes }}",
        "{{ subject.__class__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{{ 1/0 }}",
        "{% if %}",
        "{{ 'x' * 10000000000 }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ '{:>10000000000}'.format(1) }}",
        "{{ 'x'.center(10000000000) }}",
        "{{ 'x' | center(10000000000) }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ self._TemplateReference__context }}",
        "{{ loop }}",
    ],
)
def test_a_template_can_do_no_harm(items: list[Item], tmp_path: Path, template: str) -> None:
    for kind in LETTER_KINDS:
        (tmp_path / f"{kind}.txt").write_text(template, "utf-8")
    with pytest.raises(LetterError, match=r"the template .*\.txt"):
        write(items, tmp_path)


def test_own_templates_stand_in_for_shipped_ones(items: list[Item], tmp_path: Path) -> None:
    (tmp_path / "board.txt").write_text("Dear {{ to.name }}: {{ subject.name }}?", "utf-8")
    kinds = {x.kind: x.text for x in write(items, tmp_path)}
    assert kinds[AddresseeKind.BOARD].startswith("Dear ")
    assert "Section 1" in kinds[AddresseeKind.PROGRAM]


def test_a_page_shows_markup_as_text(items: list[Item]) -> None:
    from msgspec.structs import replace

    bad = replace(items[0], name="<script>alert(1)</script>")
    (letter,) = write([bad])
    assert "<script>" not in to_page(letter)


def test_the_mail_merge_has_a_row_an_item(items: list[Item]) -> None:
    letters = write(items)
    header, *rows = merge_rows(letters, SENDER)
    assert len(rows) == sum(len(letter.items) for letter in letters)
    assert {len(row) for row in rows} == {len(header)}


def directory(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "contacts.csv"
    path.write_text("\n".join(("kind,name,number,email,address", *lines)) + "\n", "utf-8")
    return path


def test_a_directory_is_found_by_any_name_of_a_board(items: list[Item], tmp_path: Path) -> None:
    path = directory(tmp_path, 'board,ABA,,verify@aba.example,"4208 Six Forks Rd, Raleigh NC"')
    letters = write_letters(items, load_contacts(path), SENDER)
    aba = [x for x in letters if x.items[0].ask.key == "ABA"]
    assert aba
    assert all("4208 Six Forks Rd" in letter.text for letter in aba)


@pytest.mark.parametrize(
    ("line", "told"),
    [("bord,ABA,,,", "unknown kind 'bord'"), ("board,ABA,,", "row 2")],
)
def test_a_directory_is_read_strictly(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(ContactsError, match=told):
        load_contacts(directory(tmp_path, line))
