"""Presets: one TOML file for each published file whose form was seen. See credcheck.source.presets."""
