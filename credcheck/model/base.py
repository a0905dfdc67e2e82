"""What all model types share: frozen, by keyword only, and cheap."""

from functools import cache
from typing import Any, dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Model(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The base of the model: values that do not change and that JSON can carry there and back.

    msgspec does not hand ``kw_only`` down, so each model says it again.
    """


class Sparse(Model, kw_only=True, omit_defaults=True):
    """A model whose JSON leaves out what is not said: a million verdicts take a third less so."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle only what is said, so that the JSON of what comes out again leaves out the same.

        msgspec leaves out a value that *is* the default. A text that was unpickled only equals it.
        """
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        defaults = _list_defaults(type(self))
        said = {name: value for name, value in values.items() if value is not defaults[name]}
        return _rebuild, (type(self), said)


@cache
def _list_defaults(model: type[Sparse]) -> dict[str, object]:
    return {each.name: each.default for each in msgspec.structs.fields(model)}


def _rebuild(wanted: type[Sparse], said: dict[str, Any]) -> Sparse:
    return wanted(**said)
