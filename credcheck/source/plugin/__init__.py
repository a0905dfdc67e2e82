"""Plugins: adapters of other packages, each asked in a process of its own.

A plugin's code never runs in the process that judges, prints and exits. It is asked over a pipe, and
what it answers is data that is decoded strictly. So it cannot print a result, set the exit status,
hang the run, leave threads in it or change what the rest of credcheck does. It is no sandbox: the
process may do what its user may do.
"""

from credcheck.source.plugin.load import load_importer_plugin, load_plugin

__all__ = ["load_importer_plugin", "load_plugin"]
