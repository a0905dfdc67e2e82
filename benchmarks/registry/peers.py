"""What credcheck is compared with: bare reads, bare commands, and the rules as one SQL statement."""

from pathlib import Path

from credcheck_sources.nppes_file.columns import COLUMNS

DUCKDB_READ = """
import csv, duckdb, sys
path, *wanted = sys.argv[1:]
with open(path, newline="") as file:
    header = next(csv.reader(file))
columns = {name: "VARCHAR" for name in header}
sums = ", ".join(f'sum(length("{name}"))' for name in wanted)
duckdb.execute(f"SELECT {sums} FROM read_csv('{path}', columns={columns!r}, header=true,"
               " auto_detect=false, delim=',', quote='\\"', escape='\\"')").fetchall()
"""
POLARS_READ = """
import polars, sys
path, *wanted = sys.argv[1:]
frame = polars.scan_csv(path, infer_schema=False)
frame.select([polars.col(name).str.len_bytes().sum() for name in wanted]).collect(engine="streaming")
"""
BARE_COMMAND = """
import sys, typer
app = typer.Typer()

@app.command()
def show(npi: str) -> None:
    '''Show a number.'''
    from rich.console import Console
    from rich.table import Table
    table = Table("NPI", "Name")
    table.add_row(npi, "name")
    Console().print(table)

app(sys.argv[1:])
"""
SQL_RULES = """
import duckdb, sys, time
folder, roster, registry = sys.argv[1:]
db = duckdb.connect()
db.execute("SET enable_progress_bar = false")
taxonomies = ",".join(f'"Healthcare Provider Taxonomy Code_{x}"' for x in range(1, 16))
header = open(registry).readline().strip().replace('"', '').split(",")
columns = {name: "VARCHAR" for name in header}
db.execute(f'''CREATE TABLE registry AS SELECT "NPI" npi, "Entity Type Code" entity,
  "NPI Deactivation Date" gone, [{taxonomies}] codes
  FROM read_csv('{registry}', columns={columns!r}, header=true, auto_detect=false, delim=',', quote='"',
  escape='"') ORDER BY npi''')
began = time.perf_counter()
db.execute(f'''COPY (
  WITH board AS (SELECT npi, max(expires >= DATE '2026-11-20') ok
                 FROM read_csv('{folder}/boards.csv', types={{'npi': 'VARCHAR'}}) GROUP BY npi),
       fellow AS (SELECT npi, max(status = 'Completed' AND end_date <= DATE '2026-11-20') ok
                  FROM read_csv('{folder}/fellowships.csv', types={{'npi': 'VARCHAR'}}) GROUP BY npi),
       excluded AS (SELECT "NPI" npi FROM read_csv('{folder}/leie.csv', all_varchar=true)
                    WHERE "NPI" <> '0000000000' GROUP BY 1)
  SELECT roster."NPI", CASE
    WHEN registry.npi IS NULL OR gone <> '' OR entity <> '1' OR excluded.npi IS NOT NULL
      OR NOT coalesce(board.ok, false)
      OR NOT list_has_any(codes, ['207L00000X','208100000X','207LP2900X','2081P2900X'])
      THEN 'does_not_meet'
    WHEN coalesce(fellow.ok, false) THEN 'meets' ELSE 'unverified' END verdict
  FROM read_csv('{roster}', all_varchar=true) roster
  LEFT JOIN registry ON registry.npi = roster."NPI" LEFT JOIN board ON board.npi = roster."NPI"
  LEFT JOIN fellow ON fellow.npi = roster."NPI" LEFT JOIN excluded ON excluded.npi = roster."NPI"
) TO '{folder}/verdicts.parquet' (FORMAT parquet)''')
print(time.perf_counter() - began)
"""
"""Numbers only: rows of the LEIE without one are not looked for by name, as credcheck does."""


def read_arguments(registry: Path) -> list[str]:
    """Return the file and the columns that credcheck reads of it."""
    return [str(registry), *COLUMNS]
