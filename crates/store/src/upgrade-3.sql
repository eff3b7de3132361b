-- Numbers that a series left out, because a later one had been given elsewhere and was brought in.
CREATE TABLE IF NOT EXISTS skipped (
    jurisdiction TEXT NOT NULL,
    body TEXT NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, body, series, year, first)
) WITHOUT ROWID;
-- Who handles a matter. A closed one's is found again when the views are rebuilt.
ALTER TABLE matter ADD COLUMN handled_by TEXT;
UPDATE matter SET handled_by = state ->> '$.handler' WHERE state IS NOT NULL;
CREATE INDEX matter_by_handler ON matter (jurisdiction, handled_by, closed, day, matter, body, procedure)
    WHERE handled_by IS NOT NULL;
-- Nothing reads clocks in this order any more.
DROP INDEX IF EXISTS clock_by_due;
