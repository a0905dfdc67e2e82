"""Context variables that have a value for as long as a block runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Value = TypeVar("Value")


@contextmanager
def assign(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """Give a variable a value inside the block, and what it had before afterwards."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
