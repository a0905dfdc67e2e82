"""The source adapters that come with credcheck, found through the same entry points as any other."""
