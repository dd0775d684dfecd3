-- EmployeeTypes are compared with blanks of any kind and wide letters as plain ones (`employeeTypeKey`). Mappings that have come to be
-- for one type stay as they are: which of them is meant nobody can know but who made them.
CREATE TEMP TABLE plain_keys AS
  WITH RECURSIVE
    keys(wide) AS (
      SELECT employee_type_key FROM mappings UNION SELECT employee_type_key FROM people UNION SELECT employee_type_key FROM planned_starts
    ),
    steps(wide, at, plain) AS (
      SELECT wide, 1, '' FROM keys WHERE wide GLOB '*[！-～]*' OR wide GLOB '*[' || char(9, 160, 12288) || ']*'
      UNION ALL
      SELECT wide, at + 1, plain || CASE
          WHEN unicode(substr(wide, at, 1)) BETWEEN 65281 AND 65374 THEN char(unicode(substr(wide, at, 1)) - 65248)
          WHEN unicode(substr(wide, at, 1)) IN (9, 160, 12288) THEN ' '
          ELSE substr(wide, at, 1)
        END
      FROM steps WHERE at <= length(wide)
    )
  SELECT wide, lower(plain) AS plain FROM steps WHERE at > length(wide);
--> statement-breakpoint
CREATE TEMP TABLE plain_mapping_keys AS
  SELECT min(wide) AS wide, plain FROM plain_keys
  WHERE wide IN (SELECT employee_type_key FROM mappings) AND plain NOT IN (SELECT employee_type_key FROM mappings)
  GROUP BY plain HAVING count(*) = 1;
--> statement-breakpoint
UPDATE mappings SET employee_type_key = (SELECT plain FROM plain_mapping_keys WHERE wide = employee_type_key)
  WHERE employee_type_key IN (SELECT wide FROM plain_mapping_keys);
--> statement-breakpoint
UPDATE people SET employee_type_key = (SELECT plain FROM plain_keys WHERE wide = employee_type_key)
  WHERE employee_type_key IN (SELECT wide FROM plain_keys);
--> statement-breakpoint
UPDATE planned_starts SET employee_type_key = (SELECT plain FROM plain_keys WHERE wide = employee_type_key)
  WHERE employee_type_key IN (SELECT wide FROM plain_keys);
--> statement-breakpoint
DROP TABLE plain_mapping_keys;
--> statement-breakpoint
DROP TABLE plain_keys;
