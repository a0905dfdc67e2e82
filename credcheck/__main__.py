"""``python -m credcheck``: the same as the ``credcheck`` command."""

from credcheck.cli import main

main()
