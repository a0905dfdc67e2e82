"""Jinja for templates of others: texts, loops and conditions, and nothing that acts or grows.

No attribute of anything but a loop is reached, no method is called, no file is read, and what could
make a huge text out of a small one (repetition, powers, padding) is refused.
"""

from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

_FILTERS = frozenset(
    {
        *("upper", "lower", "title", "capitalize", "trim", "replace", "join", "default", "d"),
        *("first", "last", "length", "count", "list", "sort", "unique", "reverse"),
    }
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja, without methods and without operators that multiply a text."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether an attribute may be reached: those of a loop alone."""
        return isinstance(obj, LoopContext) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Let the format of a text be a method like any other: refused, as it can pad without end."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Refuse operators that can make a small text huge."""
        raise SecurityError(f"the operator {operator} cannot be used in letters")


def make_sandbox() -> ImmutableSandboxedEnvironment:
    """Return an environment for letters."""
    sandbox = _Sandbox(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    sandbox.globals.clear()
    sandbox.filters = {name: each for name, each in sandbox.filters.items() if name in _FILTERS}
    return sandbox
