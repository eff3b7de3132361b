-- The read log: one row for each page or file given out, in one chain for each jurisdiction. `at` is in microseconds.
CREATE TABLE reading (
    jurisdiction TEXT NOT NULL,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    entitled TEXT NOT NULL,
    way TEXT NOT NULL,
    what TEXT NOT NULL,
    matters INTEGER NOT NULL,
    classes TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, n)
) WITHOUT ROWID;
-- Relations, by the matter that is pointed to: which matter points, and by which relation. A ledger that was made
-- while this version was in the making may have it already.
CREATE TABLE IF NOT EXISTS link (
    jurisdiction TEXT NOT NULL,
    other BLOB NOT NULL,
    link TEXT NOT NULL,
    matter BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, other, link, matter)
) WITHOUT ROWID;
