"""The front door: what ``import credcheck`` gives, however and whenever it is asked for."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import credcheck
from credcheck import api
from tests.support.runs import fails, meets, write
from tests.typing import front_door

ROOT = Path(__file__).parent.parent


def test_the_example_runs() -> None:
    front_door.main()


def test_the_stub_the_door_and_the_list_name_the_same_things() -> None:
    stub = ast.parse((ROOT / "credcheck" / "__init__.pyi").read_text(encoding="utf-8"))
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    names = [name for node in imports for name in node.names]
    assert [name.name for name in names] == api.__all__ == sorted(api.__all__)
    assert all(name.asname == name.name for name in names)
    assert dir(credcheck) == sorted([*api.__all__, "__version__"])


def test_everything_public_is_documented() -> None:
    assert [name for name in api.__all__ if not getattr(api, name).__doc__] == []


ORDERS = (
    "from credcheck import verify",
    "import credcheck.verify.pipeline; from credcheck import verify",
    "from credcheck import verify_one, verify",
    "import credcheck; verify = credcheck.verify; verify = credcheck.verify",
    "import credcheck.verify; verify = credcheck.verify",
)


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
def test_verify_is_a_function_whatever_was_imported_before(order: str) -> None:
    program = (
        f"{order}\nfrom credcheck import open_sources\n"
        "found = list(verify(['2000001075'], open_sources(demo=True, cached=False)))\n"
        "assert str(found[0].outcome) == 'meets', found"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, cwd=ROOT)


@pytest.mark.slow
def test_the_door_alone_loads_nothing() -> None:
    program = (
        "import sys, credcheck; assert not [x for x in sys.modules if x.startswith('credcheck.')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


def test_what_there_is_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        credcheck.no_such_thing  # type: ignore[attr-defined] # noqa: B018
    assert not hasattr(credcheck, "__path_of_nothing__")


def test_one_text_is_not_taken_for_many_queries() -> None:
    sources = api.open_sources(demo=True, cached=False)
    with pytest.raises(api.UsageError, match="verify_one"):
        api.verify("2000001075", sources)


def test_rows_are_counted_where_texts_are_given() -> None:
    sources = api.open_sources(demo=True, cached=False)
    found = list(api.verify(["2000001075", "Otto Oakhurst"], sources))
    assert [verdict.query.row for verdict in found] == [1, 2]


def test_results_that_were_changed_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "o.ndjson", meets(1), fails(2))
    assert len(list(api.read_results(path))) == 2
    path.write_bytes(path.read_bytes().replace(b"2025-12-31", b"2029-12-31"))
    with pytest.raises(api.InputError, match="it was changed"):
        list(api.read_results(path))


def test_a_report_is_written_by_its_name_or_refused(tmp_path: Path) -> None:
    results = api.read_results(write(tmp_path / "o.ndjson", meets(1)))
    api.write_report(results, tmp_path / "o.csv")
    assert (tmp_path / "o.csv").read_text("utf-8").startswith("row,id,npi")
    with pytest.raises(api.UsageError, match="known format"):
        api.write_report(results, tmp_path / "o.docx")
    with pytest.raises(api.OutputError, match="could not be written"):
        api.write_report(results, tmp_path / "nowhere" / "o.csv")
