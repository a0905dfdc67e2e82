"""No row of the bad inputs is left out."""

import ast
import csv
import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def test_every_row_has_a_test_or_a_reason() -> None:
    rows = {
        row["id"] for row in csv.DictReader((HERE / "rows.csv").read_text("utf-8").splitlines())
    }
    reasons = tomllib.loads((HERE / "not_here.toml").read_text("utf-8"))
    tested = {
        f"BI-{number}"
        for path in HERE.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        for number in re.findall(r"bi_(\d{3})", node.name)
    }
    assert rows - tested - set(reasons) == set()
    assert tested | set(reasons) <= rows
    assert not tested & set(reasons)
    assert all(reasons.values())
