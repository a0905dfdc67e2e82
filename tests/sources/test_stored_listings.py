"""Listings that are asked in their index: the same answers, and never believed where it is damaged."""

import csv
import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import credcheck
from credcheck._util.locks import hold_lock
from credcheck.config import SourceConfig, open_source
from credcheck.model import PersonName, Physician, Verdict, to_json
from credcheck.source import Answer, SourceFailed, Subject
from credcheck.source.adapter import Context
from credcheck.storage import NoCache
from credcheck.storage.index_folder import NAME
from credcheck.testing import physician, subject
from credcheck_sources.listings import loader
from credcheck_sources.listings.listing import Listing
from credcheck_sources.listings.loader import LoadedListing
from credcheck_sources.listings.stored import key, opening, postings, words
from credcheck_sources.listings.stored.listing import StoredListing
from tests.support.world import copy_demo, judge

CONFORMANCE = Path(__file__).parent.parent / "conformance"
LEIE = (
    "LASTNAME,FIRSTNAME,MIDNAME,NPI,DOB,CITY,STATE,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE"
    ",BUSNAME"
)
BORN = "19690507"
ROWS = (
    f"ABERNATHY,ALMA,,0000000000,{BORN},COLUMBUS,OH,1128a1,20190320,00000000,00000000,,",
    f"DOE,JANE,,2000001075,{BORN},COLUMBUS,OH,1128a1,20190320,00000000,00000000,,",
    f"ABERNATHY,A?MA,,0000000000,{BORN},COLUMBUS,OH,1128a1,20190320,00000000,00000000,,",
    f"ABERNATHY,,,0000000000,{BORN},COLUMBUS,OH,1128a1,20190320,00000000,00000000,,",
    f"ABERNATHY,ALMA,,0000000000,{BORN},COLUMBUS,OH,1128a1,soon,00000000,00000000,,",
    f"ABERNATHY,ALMA,MD,,0000000000,{BORN},COLUMBUS,OH,1128a1,20190320,00000000,00000000,,",
    f",,,0000000000,{BORN},COLUMBUS,OH,1128a1,20190320,00000000,00000000,,ABERNATHY PAIN CLINIC",
)
ALMA = subject(physician("2000001075", "Abernathy", "Alma"))
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _all_are_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "SMALLEST", 0)


def write(folder: Path, *rows: str, header: str = LEIE, name: str = "list.csv") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def open_list(
    folder: Path, store: Path | None, adapter: str = "oig-leie", **options: Any
) -> Listing:
    said = {"path": "list.csv", "as_of": dt.date(2026, 11, 1), **options}
    said = {name: value for name, value in said.items() if value is not None}
    context = Context(folder=folder, today=TODAY, cache=NoCache(), store=store)
    source = open_source(SourceConfig(name="it", adapter=adapter, options=said), context, "test")
    assert isinstance(source, Listing)
    return source


def indexes(store: Path) -> list[Path]:
    return sorted((store / NAME).glob("*.sqlite"))


def is_stored(source: Listing) -> bool:
    assert source._loaded is not None
    return isinstance(source._loaded, StoredListing)


def ask(source: Listing, *who: Subject) -> list[Answer]:
    return source.collect(who or (ALMA,))


def ask_in_all_ways(folder: Path, *who: Subject, **options: Any) -> list[Answer]:
    """Ask in memory, then twice with a store; the last time it is the index that answers."""
    store = folder / "store"
    plain = ask(open_list(folder, None, **options), *who)
    assert ask(open_list(folder, store, **options), *who) == plain
    last = open_list(folder, store, **options)
    assert ask(last, *who) == plain
    assert is_stored(last)
    assert last.read_over() == open_list(folder, None, **options).read_over()
    return plain


class TestTheSameAnswers:
    """Whatever is asked, the index answers as the file does."""

    def test_for_rows_of_every_sort(self, tmp_path: Path) -> None:
        write(tmp_path, *ROWS)
        (answer,) = ask_in_all_ways(tmp_path)
        assert [claim.provenance.row for claim in answer.claims] == [1, 2, 3, 4, 5, 6, 7]
        assert answer.claims[0].about.birth_date == dt.date(1969, 5, 7)

    def test_in_the_demo_world(self, tmp_path: Path) -> None:
        folder = copy_demo(tmp_path)
        people = [row["npi"] for row in read_csv(folder / "people.csv", "npi")]
        check_verdicts(folder, tmp_path / "store", people, 9)

    def test_in_the_conformance_world(self, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(CONFORMANCE / "world", tmp_path / "world"))
        config = folder / "credcheck.toml"
        text = config.read_text().replace(
            'base_url = "http://127.0.0.1:8765/api/"', 'recorded = "nppes.json"\nas_of = 2026-11-01'
        )
        config.write_text(text)
        queries = sorted({row["query"] for row in read_csv(CONFORMANCE / "cases.csv", "query")})
        check_verdicts(folder, tmp_path / "store", queries, 4)

    @pytest.mark.parametrize("few", [0, 1, 3])
    def test_of_a_long_roster_too_for_which_the_names_are_loaded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
    ) -> None:
        monkeypatch.setattr(words, "_FEW", few + 1)
        monkeypatch.setattr(words, "_WORTH", 0)
        monkeypatch.setattr(postings, "_SHARE", 100)  # so few pages are all read at once
        write(tmp_path, *ROWS)
        doe = subject(physician("2000001141", "Doe", "Jane"))
        who = (ALMA, doe, ALMA, doe, ALMA)
        ask_in_all_ways(tmp_path, *who)
        source = open_list(tmp_path, tmp_path / "store")
        ask(source, *who)
        assert isinstance(source._loaded, StoredListing)
        names: Any = source._loaded.by_name
        assert names._find.__self__._filed._held  # all family names
        assert names._find.__self__._families._near._whole

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    @pytest.mark.slow
    def test_for_any_names(self, tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
        folder = tmp_path_factory.mktemp("drawn")
        rows = data.draw(st.lists(drawn_rows(), min_size=1, max_size=12))
        with (folder / "list.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([LEIE.split(","), *rows])
        who = [Subject(npi=x.npi, physician=x) for x in data.draw(st.lists(PEOPLE, min_size=1))]
        ask_in_all_ways(folder, *who)

    def test_where_the_file_cannot_be_trusted(self, tmp_path: Path) -> None:
        write(tmp_path, *ROWS, header=LEIE.replace("EXCLDATE", "WHEN"))
        for store in (None, tmp_path / "store", tmp_path / "store"):
            with pytest.raises(SourceFailed, match="EXCLDATE"):
                ask(open_list(tmp_path, store))
        assert indexes(tmp_path / "store") == []

    def test_of_fellowships_and_programs(self, tmp_path: Path) -> None:
        write(tmp_path, "5300000001,Pain,Pain Medicine,Accredited", "x,Pain,,", header=PROGRAMS)
        ask_in_all_ways(tmp_path, adapter="training-programs")

    def test_several_numbers_in_one_cell(self, tmp_path: Path) -> None:
        header = "npi,name,board,certificate,status,note"
        write(tmp_path, '"2000001075; 2000001141",,ABA,Pain Medicine,Certified,x', header=header)
        (answer,) = ask_in_all_ways(tmp_path, adapter="board-certificates")
        (claim,) = answer.claims
        assert (claim.about.npi, claim.provenance.other) == ("2000001075", {"note": "x"})


PROGRAMS = "program_code,name,specialty,status"
WORDS = st.sampled_from(
    [
        *("ABERNATHY", "ABERNETHY", "DE LA CRUZ", "DELACRUZ", "ALMA", "A", "A?MA", "MACGREGOR"),
        *("MCGREGOR", "ROBERT", "BOB", "GARCIA-LOPEZ", "LOPEZ", "", "\u00c9LENA", "2000001075"),
    ]
)


def drawn_rows() -> st.SearchStrategy[list[str]]:
    npis = st.sampled_from(["0000000000", "2000001075", "2000001141", "12345"])
    places = st.sampled_from(["OH", "CA", ""])
    dates = st.sampled_from(["20190320", "soon", "00000000"])
    clinics = st.sampled_from(["", "", "ABERNATHY PAIN CLINIC", "LOPEZ MD PA"])
    rest = st.sampled_from([[], [], ["shifted"]])
    return st.tuples(WORDS, WORDS, WORDS, npis, places, dates, clinics, rest).map(
        lambda x: [*x[:4], BORN, "COLUMBUS", x[4], "1128a1", x[5], "", "", "", x[6], *x[7]]
    )


def make_person(npi: str, last: str, first: str, middle: str, state: str) -> Physician:
    name = PersonName(last=last, first=first, middle=middle)
    return replace(physician(npi, last, first, state=state), names=(name,))


PEOPLE = st.builds(
    make_person,
    st.sampled_from(["2000001075", "2000001141"]),
    *(WORDS, WORDS, WORDS),
    st.sampled_from(["OH", "CA"]),
)


def read_csv(path: Path, column: str) -> list[dict[str, str]]:
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return [row for row in rows if row.get(column)]


def check_verdicts(folder: Path, store: Path, queries: list[str], listings: int) -> None:
    def bytes_of(store: Path | None) -> list[bytes]:
        made: list[Verdict] = judge(folder, *queries, store=store)
        return [to_json(each) for each in made]

    plain = bytes_of(None)
    assert bytes_of(store) == plain
    assert len(indexes(store)) == listings
    assert bytes_of(store) == plain


class TestTheKey:
    """What an index is made of is in its name; the day and the coverage are not."""

    @pytest.mark.parametrize(
        "options",
        [
            {"null_values": ["none"]},
            {"date_formats": ["YYYY-MM-DD"]},
            {"columns": {"CITY": "STATE2"}},
            {"no_expiry": ["never"]},
            {"header_row": 1},
        ],
    )
    def test_it_changes_with_how_the_table_is_read(
        self, tmp_path: Path, options: dict[str, Any]
    ) -> None:
        write(tmp_path, ROWS[0] + ",x", header=LEIE.replace("CITY", "TOWN") + ",STATE2")
        store = tmp_path / "store"
        ask(open_list(tmp_path, store))
        other = open_list(tmp_path, store, **options)
        ask(other)
        assert not is_stored(other)
        assert len(indexes(store)) == 2

    def test_it_changes_with_the_bytes(self, tmp_path: Path) -> None:
        path, store = write(tmp_path, *ROWS), tmp_path / "store"
        ask(open_list(tmp_path, store))
        path.write_text(path.read_text().replace("ALMA", "ALMB"))
        other = open_list(tmp_path, store)
        assert ask(other) == ask(open_list(tmp_path, None))
        assert not is_stored(other)

    def test_it_changes_with_the_name_which_is_shown(self, tmp_path: Path) -> None:
        path, store = write(tmp_path, *ROWS), tmp_path / "store"
        ask(open_list(tmp_path, store))
        path.rename(tmp_path / "other.csv")
        assert open_list(tmp_path, store, path="other.csv").read_over().file == "other.csv"

    def test_it_changes_with_the_kind_and_the_preset(self, tmp_path: Path) -> None:
        header = "npi,last_name,first_name,excluded_on,exclusion_type"
        write(tmp_path, "2000001075,DOE,JANE,2019-03-20,x", header=header)
        store, kinds = tmp_path / "store", ("exclusion", "revocation", "state_exclusion")
        for count, kind in enumerate(kinds, 1):
            ask(open_list(tmp_path, store, "listing", kind=kind))
            assert len(indexes(store)) == count

    def test_it_changes_with_the_code(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, *ROWS)
        store = tmp_path / "store"
        ask(open_list(tmp_path, store))
        monkeypatch.setattr(key, "digest_code", lambda: "edited")
        other = open_list(tmp_path, store)
        ask(other)
        assert not is_stored(other)

    def test_every_module_that_reads_listings_is_in_the_digest_of_the_code(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key.digest_code.cache_clear()
        before = key.digest_code()
        for file in ("tables/cells.py", "reference/words.toml", "identity/blocking.py"):
            key.digest_code.cache_clear()
            changed = Path(str(credcheck.__file__)).parent / file
            read = Path.read_bytes
            with monkeypatch.context() as patched:
                patched.setattr(
                    Path, "read_bytes", lambda x, c=changed, r=read: r(x) + b" " * (x == c)
                )
                assert key.digest_code() != before
        key.digest_code.cache_clear()

    def test_no_other_module_takes_part(self) -> None:
        code = "import sys, credcheck_sources.listings.stored.opening; print(*sys.modules)"
        command = [sys.executable, "-c", code]
        loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        own = {name for name in loaded if name.startswith("credcheck")}
        rooms = {f"credcheck.{room}" for room in key.CODE} | {"credcheck_sources.listings"}
        others = {x for x in own if not any(x == y or x.startswith(f"{y}.") for y in rooms)}
        assert others == {"credcheck", "credcheck_sources"}

    def test_code_that_was_edited_while_it_ran_has_none(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key.digest_code.cache_clear()
        monkeypatch.setattr(key, "LOADED_AT", 0.0)
        with pytest.raises(OSError, match="was edited"):
            key.digest_code()

    def test_code_that_cannot_be_read_has_no_index(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> str:
            raise FileNotFoundError

        monkeypatch.setattr(key, "digest_code", fail)
        write(tmp_path, *ROWS)
        assert ask(open_list(tmp_path, tmp_path / "store")) == ask(open_list(tmp_path, None))
        assert indexes(tmp_path / "store") == []

    def test_the_day_and_what_is_declared_of_the_list_are_the_configurations(
        self, tmp_path: Path
    ) -> None:
        write(tmp_path, *ROWS)
        store = tmp_path / "store"
        ask(open_list(tmp_path, store))
        said: dict[str, Any] = {
            "as_of": dt.date(2026, 10, 1),
            "coverage": "complete",
            "authority": "secondary",
            "unidentified_rows": "ignore",
            "max_age": "9d",
        }
        other = open_list(tmp_path, store, **said)
        (answer,) = ask(other)
        assert is_stored(other)
        assert [answer] == ask(open_list(tmp_path, None, **said))
        assert answer.claims[0].provenance.as_of == said["as_of"]
        assert answer.snapshot is not None
        assert (answer.snapshot.as_of, answer.snapshot.partial) == (said["as_of"], None)

    def test_without_a_day_it_is_the_files_own(self, tmp_path: Path) -> None:
        path, store = write(tmp_path, *ROWS), tmp_path / "store"
        for day in (1, 2):
            os.utime(path, (day * 86_400, day * 86_400))
            (answer,) = ask(open_list(tmp_path, store, as_of=None))
            assert answer.snapshot is not None
            assert answer.snapshot.as_of == dt.date(1970, 1, 1 + day)
        assert len(indexes(store)) == 1


class TestDamage:
    """An index that is not whole is never believed."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Path:
        write(tmp_path, *ROWS)
        ask(open_list(tmp_path, tmp_path / "store"))
        return tmp_path / "store"

    @pytest.mark.parametrize("at_once", [False, True], ids=["page by page", "all at once"])
    def test_a_bit_that_flipped_anywhere_changes_no_answer(
        self, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
    ) -> None:
        if at_once:
            monkeypatch.setattr(words, "_FEW", 0)
            monkeypatch.setattr(words, "_WORTH", 0)
            monkeypatch.setattr(postings, "_SHARE", 1_000_000)
        plain = ask(open_list(tmp_path, None))
        (index,) = indexes(store)
        whole, damaged = index.read_bytes(), 0
        for place in range(24, len(whole), 211):
            flipped = bytearray(whole)
            flipped[place] ^= 1 << place % 8
            index.write_bytes(flipped)
            source = open_list(tmp_path, store)
            assert ask(source) == plain
            damaged += not is_stored(source)
        assert damaged

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
    def test_a_torn_one_is_built_again(self, tmp_path: Path, store: Path, share: float) -> None:
        (index,) = indexes(store)
        whole = index.read_bytes()
        index.write_bytes(whole[: int(len(whole) * share)])
        plain = ask(open_list(tmp_path, None))
        sources = [open_list(tmp_path, store) for _ in range(3)]
        assert [ask(source) for source in sources] == [plain] * 3
        assert is_stored(sources[-1])

    def test_damage_that_shows_late_is_no_answer(
        self, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = open_list(tmp_path, store)
        ask(source)
        assert is_stored(source)
        (index,) = indexes(store)
        index.unlink()
        loaded = source._loaded
        assert isinstance(loaded, StoredListing)
        loaded._file.close()  # as in a process that was forked
        loaded.entry.cache_clear()
        loaded.claim.cache_clear()
        loaded._rows._page.cache_clear()
        assert ask(source) == ask(open_list(tmp_path, None))
        assert isinstance(source._loaded, LoadedListing)

    def test_that_of_another_file_is_not_believed(self, tmp_path: Path, store: Path) -> None:
        (mine,) = indexes(store)
        write(tmp_path, ROWS[1])
        ask(open_list(tmp_path, store))
        (other,) = set(indexes(store)) - {mine}
        shutil.copy(mine, other)
        assert ask(open_list(tmp_path, store)) == ask(open_list(tmp_path, None))

    def test_a_file_that_changes_while_it_is_read_is_not_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, store = write(tmp_path / "one", *ROWS), tmp_path / "two"

        def load_later(*args: Any) -> LoadedListing:
            path.write_text(path.read_text().replace("ALMA", "ALMB"))
            return loader.load(*args)

        monkeypatch.setattr(opening, "load", load_later)
        ask(open_list(tmp_path / "one", store))
        assert indexes(store) == []


class TestTheStore:
    """Whoever cannot keep an index reads the file, and says nothing of it."""

    def test_one_that_cannot_be_written(self, tmp_path: Path) -> None:
        write(tmp_path, *ROWS)
        (tmp_path / "store").write_text("a file in its place")
        assert ask(open_list(tmp_path, tmp_path / "store")) == ask(open_list(tmp_path, None))

    def test_a_full_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("credcheck.storage.index_folder.fsync_path", fail)
        write(tmp_path, *ROWS)
        assert ask(open_list(tmp_path, tmp_path / "store")) == ask(open_list(tmp_path, None))
        assert indexes(tmp_path / "store") == []

    def test_another_process_that_builds_is_not_waited_for(self, tmp_path: Path) -> None:
        write(tmp_path, *ROWS)
        store = tmp_path / "store"
        (store / NAME).mkdir(parents=True)
        with hold_lock(store / NAME / ".lock"):
            assert ask(open_list(tmp_path, store)) == ask(open_list(tmp_path, None))
        assert indexes(store) == []

    def test_small_files_are_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path, store = write(tmp_path, *ROWS), tmp_path / "store"
        monkeypatch.setattr(opening, "SMALLEST", path.stat().st_size + 1)
        ask(open_list(tmp_path, store))
        assert not store.exists()

    def test_groups_of_clinicians_are_not_indexed(self, tmp_path: Path) -> None:
        header = "npi,last_name,first_name,group_id,members,specialty"
        write(tmp_path, "2000001075,DOE,JANE,1,2,Pain", header=header)
        ask(open_list(tmp_path, tmp_path / "store", "clinician-groups"))
        assert not (tmp_path / "store").exists()


def test_nothing_private_is_in_an_index(tmp_path: Path) -> None:
    """Neither the birth date that is compared, nor a Social Security number, nor one in a torn row."""
    number = "123-45-6789"
    header = LEIE + ",SSN"
    rows = [row + f",{number}" for row in ROWS]
    write(tmp_path, *rows, f"{BORN},{number}", f"{number} {BORN}", header=header)
    ask_in_all_ways(tmp_path)
    (index,) = indexes(tmp_path / "store")
    content = index.read_bytes()
    for text in (BORN, "1969-05-07", "05/07/1969", number, "6789", "ABERNATHY", "abernathy"):
        assert text.encode() not in content
        assert text.encode("utf-16-le") not in content


def test_cells_that_are_neither_read_nor_shown_are_not_even_hidden_in_it(tmp_path: Path) -> None:
    header = "npi,last_name,first_name,board,certificate,status,SSN"
    write(tmp_path, "2000001075,Doe,Jane,ABA,Pain,Certified,123456789", header=header)
    store = tmp_path / "store"
    ask(open_list(tmp_path, store, "board-certificates"))
    source = open_list(tmp_path, store, "board-certificates")
    ask(source)
    assert isinstance(source._loaded, StoredListing)
    assert source._loaded.row(1).cells[-1] == ""
