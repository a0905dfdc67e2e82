"""Who is who: comparing names and people, and deciding whose a row is."""
