"""The way in: what the files of a folder are, how each would be read, and a configuration of it."""
