"""From queries to verdicts, in this order: resolve, name_search, namesakes, collect, pipeline.

The package has the name of the public function ``credcheck.verify``, and stands in for it when it is
called: which of the two Python finds under that name depends on what was imported before.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _CallableModule(ModuleType):
    """A module that is called as ``credcheck.api.verify`` is."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return import_module("credcheck.api").verify(*args, **options)


sys.modules[__name__].__class__ = _CallableModule
