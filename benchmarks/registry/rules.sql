-- The standard's rules as one set-based statement: one word for each row of the roster, and nothing else.
-- It compares names letter by letter: no misprints, short forms, swapped names or rivals.
COPY (
  WITH fellow AS (
    SELECT npi, bool_or(
      f.status = 'Completed' AND end_date <= $day AND end_date - start_date + 1 >= 360
      AND p.accreditor = 'ACGME' AND p.status = 'Continued Accreditation' AND accredited_from <= end_date
    ) AS met
    FROM fellowships f LEFT JOIN programs p USING (program_code) GROUP BY npi
  ), board AS (
    SELECT npi,
      bool_or(certificate = 'Pain Medicine') AS pain,
      bool_or(certificate = 'Pain Medicine' AND status = 'Certified'
              AND issued <= $day AND expires >= $day) AS met,
      bool_or(certificate IN ('Anesthesiology', 'Physical Medicine and Rehabilitation')
              AND status = 'Certified' AND issued <= $day) AS base
    FROM boards GROUP BY npi
  ), excluded AS (
    SELECT DISTINCT "NPI" AS npi FROM leie WHERE "NPI" <> '0000000000'
  ), like_excluded AS (
    SELECT DISTINCT "LASTNAME" AS last, "FIRSTNAME" AS first FROM leie WHERE "NPI" = '0000000000'
  ), told AS (
    SELECT roster."NPI" AS npi, r.npi IS NOT NULL AS known, r.entity, r.gone IS NOT NULL AS gone,
      (r.last, r.first) = (roster."Last Name", roster."First Name")
        OR coalesce((r.other_last, r.first) = (roster."Last Name", roster."First Name"), false) AS named,
      len(r.codes) AS codes,
      len(list_filter(r.codes, lambda code: code LIKE '20_______X')) > 0 AS physician,
      list_has_any(r.codes, ['207L00000X', '207LP2900X', '208100000X', '2081P2900X'])
        OR coalesce(board.base, false) AS base,
      len(list_filter(r.codes, lambda code: code LIKE '20_______X'
                      AND code NOT IN ('208VP0000X', '208VP0014X'))) > 0 AS other_base,
      coalesce(fellow.met, false) AS fellow,
      coalesce(board.pain, false) AS pain, coalesce(board.met, false) AS certified,
      excluded.npi IS NOT NULL AS excluded,
      one.last IS NOT NULL OR two.last IS NOT NULL AS like_excluded
    FROM roster
    LEFT JOIN registry r ON r.npi = roster."NPI"
    LEFT JOIN fellow ON fellow.npi = roster."NPI"
    LEFT JOIN board ON board.npi = roster."NPI"
    LEFT JOIN excluded ON excluded.npi = roster."NPI"
    LEFT JOIN like_excluded one ON one.last = r.last AND one.first = r.first
    LEFT JOIN like_excluded two ON two.last = r.other_last AND two.first = r.first
  )
  SELECT npi, CASE
    WHEN NOT known THEN 'unverified'
    WHEN entity = '2' OR gone THEN 'does_not_meet'
    WHEN NOT named THEN 'unverified'
    WHEN codes > 0 AND NOT physician THEN 'does_not_meet'
    WHEN NOT base AND other_base THEN 'does_not_meet'
    WHEN NOT pain OR excluded THEN 'does_not_meet'
    WHEN codes = 0 OR NOT base OR NOT fellow OR NOT certified OR like_excluded THEN 'unverified'
    ELSE 'meets' END AS outcome
  FROM told
) TO $output (FORMAT parquet)
