"""A roster judged on a cluster: the options for it, and the pool that they open."""

from contextlib import AbstractContextManager
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.cli.session import Session
from credcheck.runs.fingerprint import RunKey
from credcheck.runs.shards import check_not_live
from credcheck.runs.workers import Pool

ENGINES = ("dask",)
_PANEL = "Run"

Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="Run the checks on a cluster: dask (needs credcheck[dask] and --scheduler).",
        show_default=False,
        rich_help_panel=_PANEL,
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="The scheduler of the cluster, such as tcp://10.0.0.5:8786.",
        show_default=False,
        rich_help_panel=_PANEL,
    ),
]


def check_cluster(engine: str | None, scheduler: str | None, others: dict[str, object]) -> None:
    """Check that the options for a cluster go together. Raises UsageError."""
    if engine is None and scheduler is None:
        return
    if engine not in ENGINES:
        raise UsageError(f"--engine {engine or '(missing)'}: the engines are {', '.join(ENGINES)}")
    if scheduler is None:
        raise UsageError(
            f"--engine {engine} needs --scheduler ADDRESS, such as tcp://10.0.0.5:8786"
        )
    for name, value in others.items():
        if value is not None:
            raise UsageError(f"--engine and {name} exclude each other: the cluster shares the work")


def open_cluster(
    scheduler: str, session: Session, key: RunKey, *, dated: bool
) -> AbstractContextManager[Pool]:
    """Return the pool of a scheduler's workers.

    Raises UsageError where the sources are asked over the network, and for a roster with birth dates:
    they do not leave this machine. What else it raises, ``open_dask_pool`` says.
    """
    from credcheck.runs.dask_pool import ClusterJudge, open_dask_pool
    from credcheck.runs.portable import PortableVerifier

    check_not_live(session.source_set.sources, "the workers of a cluster")
    if dated:
        raise UsageError(
            "the roster has birth dates, and they do not leave this machine: check it here, or leave"
            " the column out with --ignore-column"
        )
    verifier = PortableVerifier.from_parts(
        session.settings,
        session.standard,
        session.context,
        as_of=session.as_of,
        without=session.list_left_out(),
    )
    snapshots = {each.name: each.snapshot for each in key.sources}
    return open_dask_pool(ClusterJudge(verifier, snapshots), scheduler)
