"""credcheck: does this physician meet the stated standard for spinal injections, and how do we know?

The package is the command-line tool and a library. Its public names are those of :mod:`credcheck.api`;
``from credcheck import verify, open_sources`` works, and loads them when they are first asked for, so
that ``credcheck --help`` stays quick. Public too, for authors of adapters: :mod:`credcheck.source` and
:mod:`credcheck.testing`, and for engines, ``credcheck.runs.PortableVerifier``. Everything else is
private and may change in any release.
"""

from importlib import import_module

__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("credcheck.api"), name)


def __dir__() -> list[str]:
    return sorted([*import_module("credcheck.api").__all__, "__version__"])
