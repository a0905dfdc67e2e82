"""For authors of adapters: a contract suite that any source must pass.

It needs pytest (``pip install credcheck[testing]``). See docs/how-to/write-an-adapter.md.
"""

from credcheck.testing.contract import RegistryContract, SourceContract
from credcheck.testing.subjects import physician, subject

__all__ = ["RegistryContract", "SourceContract", "physician", "subject"]
