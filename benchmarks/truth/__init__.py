"""How many of drawn physicians with complete, clean evidence are decided, and rightly."""
