"""The options that commands share, and their help."""

from pathlib import Path
from typing import Annotated

import typer

_SOURCES = "Sources"
_SCREEN = "Output"

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration to use.", show_default=False),
]
Standard = Annotated[
    str | None,
    typer.Option(
        "--standard",
        metavar="ID|FILE",
        help="The standard to judge by, in place of the configured one.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help="The day to judge for, in place of today.",
        show_default=False,
    ),
]
AllowFuture = Annotated[
    bool, typer.Option("--allow-future", help="Let --as-of be a day to come: a projection.")
]
Offline = Annotated[
    bool,
    typer.Option("--offline", help="Use no network at all.", rich_help_panel=_SOURCES),
]
Refresh = Annotated[
    bool,
    typer.Option(
        "--refresh", help="Ask again, whatever the cache holds.", rich_help_panel=_SOURCES
    ),
]
Demo = Annotated[
    bool,
    typer.Option(
        "--demo",
        help="Use the built-in world of invented people: no network, no configuration.",
        rich_help_panel=_SOURCES,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="SOURCE",
        help="Ask only this source (repeatable).",
        rich_help_panel=_SOURCES,
        show_default=False,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="SOURCE",
        help="Leave this source out (repeatable).",
        rich_help_panel=_SOURCES,
        show_default=False,
    ),
]
State = Annotated[
    str | None,
    typer.Option("--state", metavar="XX", help="Narrow a name to a state.", show_default=False),
]
City = Annotated[
    str | None,
    typer.Option("--city", metavar="CITY", help="Narrow a name to a city.", show_default=False),
]
Specialty = Annotated[
    str | None,
    typer.Option(
        "--specialty",
        metavar="WORDS",
        help="Narrow a name to a specialty, such as anesthesiology.",
        show_default=False,
    ),
]
License = Annotated[
    str | None,
    typer.Option(
        "--license", metavar="NUMBER", help="Narrow a name to a licence.", show_default=False
    ),
]
Verbose = Annotated[
    int,
    typer.Option(
        "-v",
        "--verbose",
        count=True,
        help="Tell more on stderr; -vv tells all.",
        rich_help_panel=_SCREEN,
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("-q", "--quiet", help="Tell only errors on stderr.", rich_help_panel=_SCREEN),
]
NoColor = Annotated[
    bool,
    typer.Option("--no-color", help="Use no colours (as NO_COLOR).", rich_help_panel=_SCREEN),
]
