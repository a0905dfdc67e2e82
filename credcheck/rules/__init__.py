"""Rule kinds, one file each. A file here that defines RULE is a rule kind; no list is kept."""

import importlib
import pkgutil
from functools import cache

from credcheck.rules.base import AnyRule


@cache
def rules() -> dict[str, AnyRule]:
    """Return every rule kind by its name."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    found = (module.RULE for module in modules if hasattr(module, "RULE"))
    return {rule.kind: rule for rule in sorted(found, key=lambda rule: rule.kind)}
