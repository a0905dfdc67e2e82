"""The NPI registry (NPPES): the live API, and the normalizer of its records."""
