"""The work that a verdict leaves: who has to be asked for what, the sheet, the letters, the answers."""
