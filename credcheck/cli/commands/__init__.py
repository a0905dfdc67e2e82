"""The commands, one file each; only the one that is run is imported."""
