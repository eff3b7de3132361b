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
