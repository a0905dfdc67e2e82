"""What the records of a dossier say together.

Before a rule weighs a record, the records are grouped by what they are about: one certificate of one
board, one fellowship, one program on one day, one exclusion, one person in two registries. What stands
against a record - another that contradicts it, a word that nobody understands, something that cannot be
- is a doubt about it, and no rule can pass or fail anybody on a record in doubt (truth rules 8 to 12).
"""
