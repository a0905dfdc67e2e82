"""credcheck: does this physician meet the stated standard for spinal injections, and how do we know?

The package is both the command-line tool and a library. The names that a library user needs are in
:mod:`credcheck.model` (the data), :mod:`credcheck.verify.pipeline` (the work) and
:mod:`credcheck.source` (what an adapter is). Nothing is imported here, so that ``credcheck --help``
stays quick.
"""

__version__ = "0.2.0"
