"""Splink, the common tool for record linkage, on the same rows: trained on the sets, not on the truth.

A match is the most probable person of the registry, if Splink gives the pair at least the probability
asked for and nobody else as much.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.identity.baselines import Rows
from benchmarks.identity.score import Decisions

_COLUMNS = ("first", "middle", "last", "city", "state", "npi", "graduated")
_SURE = 0.99
_BLOCKS = (("last", "first"), ("last", "state"), ("first", "state", "city"), ("npi",))
_SAMPLE = 1_000_000.0  # pairs from which the chance of agreeing by accident is estimated


def match_with_splink(rows: Rows, people: Rows) -> Decisions:
    """Decide all rows by Splink's probabilities."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker = _make_linker(_select(rows, "listing_row_id"), _select(people, "npi"))
    training = linker.training
    training.estimate_u_using_random_sampling(max_pairs=_SAMPLE, seed=1)
    for block in (("last", "first"), ("last", "state")):
        training.estimate_parameters_using_expectation_maximisation(_block(*block))
    predicted = linker.inference.predict(threshold_match_probability=_SURE)
    pairs = predicted.as_duckdbpyrelation().fetchall()
    columns = predicted.as_duckdbpyrelation().columns
    return _choose([dict(zip(columns, pair, strict=True)) for pair in pairs], rows)


def _make_linker(listed: list[dict[str, Any]], people: list[dict[str, Any]]) -> Any:
    import pyarrow as pa
    from splink import Linker, SettingsCreator
    from splink import comparison_library as compare
    from splink.backends.duckdb import DuckDBAPI

    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.NameComparison("first").configure(term_frequency_adjustments=True),
            compare.NameComparison("last").configure(term_frequency_adjustments=True),
            compare.ExactMatch("middle"),
            compare.ExactMatch("city").configure(term_frequency_adjustments=True),
            compare.ExactMatch("state"),
            compare.ExactMatch("npi"),
            compare.ExactMatch("graduated"),
        ],
        blocking_rules_to_generate_predictions=[_block(*block) for block in _BLOCKS],
    )
    api = DuckDBAPI()
    tables = {"listed": listed, "people": people}
    frames = [
        api.register(pa.Table.from_pylist(each), table_name=name) for name, each in tables.items()
    ]
    return Linker(frames, settings, log_level="ERROR")


def _block(*columns: str) -> Any:
    from splink import block_on

    return block_on(*columns)


def _select(rows: Rows, key: str) -> list[dict[str, Any]]:
    """Return the columns that both sides have, empty ones as nothing known."""
    made = []
    for row in rows:
        told = row | {"graduated": row.get("grad_year", ""), "city": row["city"].upper()}
        known: dict[str, Any] = {name: told[name] or None for name in _COLUMNS}
        made.append({"unique_id": row[key], **known})
    return made


def _choose(pairs: Sequence[dict[str, Any]], rows: Rows) -> Decisions:
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    ids = {row["listing_row_id"] for row in rows}
    for pair in pairs:
        one, other = pair["unique_id_l"], pair["unique_id_r"]
        row, person = (one, other) if one in ids else (other, one)
        found[row].append((pair["match_weight"], person))
    decisions = {}
    for row, ranked in found.items():
        ranked.sort(reverse=True)
        tied = len(ranked) > 1 and ranked[0][0] == ranked[1][0]
        decisions[row] = ("ambiguous", "") if tied else ("match", ranked[0][1])
    return decisions
