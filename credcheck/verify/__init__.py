"""From queries to verdicts, in this order: resolve, name_search, namesakes, collect, pipeline."""
