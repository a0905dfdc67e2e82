"""What all model types share: frozen, by keyword only, and cheap."""

from typing import dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Model(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The base of the model: values that do not change and that JSON can carry there and back.

    msgspec does not hand ``kw_only`` down, so each model says it again.
    """


class Sparse(Model, kw_only=True, omit_defaults=True):
    """A model whose JSON leaves out what is not said: a million verdicts take a third less so."""
