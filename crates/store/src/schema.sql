-- The ledger and its views, version 3. Every key begins with the jurisdiction (reference tables aside);
-- there are no triggers, sequences, foreign keys or database-side clocks, so that the same statements
-- can serve a sharded server. Dates are 'YYYY-MM-DD', matters 16-byte UUIDs, hashes 32 bytes.

-- What kind of database this is.
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Expanded procedures under their content hash: the reference table of the law.
CREATE TABLE law (
    hash TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL
);

-- The ledger: canonical bytes and their hash. Rows are only ever added, so the table grows at its end.
CREATE TABLE event (
    jurisdiction TEXT NOT NULL,
    matter BLOB NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, matter, seq)
);

-- Personal values beside the ledger; an erased one keeps its row without salt and value.
CREATE TABLE private (
    jurisdiction TEXT NOT NULL,
    matter BLOB NOT NULL,
    seq INTEGER NOT NULL,
    path TEXT NOT NULL,
    salt BLOB,
    value TEXT,
    PRIMARY KEY (jurisdiction, matter, seq, path)
) WITHOUT ROWID;

-- Gapless numbers: the next to give and the first that this ledger gave itself.
CREATE TABLE series (
    jurisdiction TEXT NOT NULL,
    body TEXT NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    first INTEGER NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, body, series, year)
) WITHOUT ROWID;

-- Numbers that a series left out, because a later one had been given elsewhere and was brought in.
CREATE TABLE skipped (
    jurisdiction TEXT NOT NULL,
    body TEXT NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, body, series, year, first)
) WITHOUT ROWID;

-- What must be unique among matters at commit. The column `guard` is a checksum of the row.
CREATE TABLE claim (
    jurisdiction TEXT NOT NULL,
    key TEXT NOT NULL,
    matter BLOB NOT NULL,
    guard BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, key)
) WITHOUT ROWID;

-- Messages waiting to leave, removed when delivered.
CREATE TABLE outbox (
    jurisdiction TEXT NOT NULL,
    matter BLOB NOT NULL,
    seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    guard BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, matter, seq, place)
) WITHOUT ROWID;

-- What is no act: sign-in sessions, drafts, idempotency keys. `expires` is in Unix seconds.
CREATE TABLE side (
    space TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    expires INTEGER,
    guard BLOB NOT NULL,
    PRIMARY KEY (space, key)
) WITHOUT ROWID;
CREATE INDEX side_by_expiry ON side (expires) WHERE expires IS NOT NULL;

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

-- Views from here on: each can be thrown away and rebuilt from the events.

-- What lists show of a matter, and its folded state while it is open; a closed one is folded when it is asked for.
-- Lists sort by `day`: an open matter's next due date, 9999-12-31 where no clock runs; a closed matter's closing day.
-- `sought` is what it can be found by, letters and digits only: numbers and names of parties, persons included.
CREATE TABLE matter (
    jurisdiction TEXT NOT NULL,
    matter BLOB NOT NULL,
    version INTEGER NOT NULL,
    head BLOB NOT NULL,
    fold INTEGER NOT NULL,
    procedure TEXT NOT NULL,
    body TEXT NOT NULL,
    stage TEXT NOT NULL,
    closed INTEGER NOT NULL,
    day TEXT NOT NULL,
    next_due TEXT,
    next_limit TEXT,
    number TEXT,
    outcome TEXT,
    received TEXT NOT NULL,
    closed_on TEXT,
    suspended INTEGER NOT NULL,
    late INTEGER NOT NULL,
    deemed INTEGER NOT NULL,
    provisional INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    sought TEXT NOT NULL,
    state TEXT,
    handled_by TEXT,
    PRIMARY KEY (jurisdiction, matter)
);
CREATE INDEX matter_by_day ON matter (jurisdiction, closed, day, matter);
CREATE INDEX matter_by_body ON matter (jurisdiction, body, closed, day, matter, procedure);
CREATE INDEX matter_by_handler ON matter (jurisdiction, handled_by, closed, day, matter, body, procedure)
    WHERE handled_by IS NOT NULL;
CREATE INDEX matter_by_stage ON matter (jurisdiction, procedure, stage, closed, day, matter);
CREATE INDEX matter_marked ON matter (jurisdiction, closed, day, matter, suspended, late, deemed, provisional,
    findings)
    WHERE (suspended = 1 OR late = 1 OR deemed = 1 OR provisional = 1 OR findings > 0);

-- Clocks that run or are suspended.
CREATE TABLE clock (
    jurisdiction TEXT NOT NULL,
    matter BLOB NOT NULL,
    limit_key TEXT NOT NULL,
    due TEXT NOT NULL,
    deems TEXT,
    running INTEGER NOT NULL,
    provisional INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, matter, limit_key)
) WITHOUT ROWID;
CREATE INDEX clock_that_deems ON clock (due, jurisdiction, matter) WHERE running = 1 AND deems IS NOT NULL;

-- How many open matters a body has in a procedure for each next due date.
CREATE TABLE load (
    jurisdiction TEXT NOT NULL,
    body TEXT NOT NULL,
    procedure TEXT NOT NULL,
    due TEXT NOT NULL,
    open INTEGER NOT NULL,
    suspended INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, body, procedure, due)
) WITHOUT ROWID;

-- Numbers issued.
CREATE TABLE number (
    jurisdiction TEXT NOT NULL,
    number TEXT NOT NULL,
    matter BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, number, matter)
) WITHOUT ROWID;

-- Relations, by the matter that is pointed to: which matter points, and by which relation.
CREATE TABLE link (
    jurisdiction TEXT NOT NULL,
    other BLOB NOT NULL,
    link TEXT NOT NULL,
    matter BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, other, link, matter)
) WITHOUT ROWID;

-- Search: pairs of characters and whole runs of Latin letters or digits. Scope `m` matters, `p` publications.
CREATE TABLE gram (
    jurisdiction TEXT NOT NULL,
    scope TEXT NOT NULL,
    gram TEXT NOT NULL,
    matter BLOB NOT NULL,
    PRIMARY KEY (jurisdiction, scope, gram, matter)
) WITHOUT ROWID;

-- What the public may see, and nothing else.
CREATE TABLE publication (
    jurisdiction TEXT NOT NULL,
    matter BLOB NOT NULL,
    publication TEXT NOT NULL,
    published TEXT NOT NULL,
    procedure TEXT NOT NULL,
    body TEXT NOT NULL,
    number TEXT,
    outcome TEXT,
    law TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (jurisdiction, matter, publication)
) WITHOUT ROWID;
CREATE INDEX publication_by_day ON publication (jurisdiction, published, matter, publication);
CREATE INDEX publication_by_key ON publication (jurisdiction, publication, published, matter);

-- Each addition to a count, with the event that left it.
CREATE TABLE occurrence (
    jurisdiction TEXT NOT NULL,
    matter BLOB NOT NULL,
    seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    procedure TEXT NOT NULL,
    mark TEXT NOT NULL,
    body TEXT NOT NULL,
    effective TEXT NOT NULL,
    recorded TEXT NOT NULL,
    received TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, matter, seq, place)
) WITHOUT ROWID;
CREATE INDEX occurrence_by_effective ON occurrence (jurisdiction, procedure, mark, effective, matter, n);
CREATE INDEX occurrence_by_received ON occurrence (jurisdiction, procedure, mark, received, matter, n);

-- Occurrences summed by day. `dated` says which day: e the act took effect, r the matter was received.
CREATE TABLE tally (
    jurisdiction TEXT NOT NULL,
    procedure TEXT NOT NULL,
    mark TEXT NOT NULL,
    dated TEXT NOT NULL,
    body TEXT NOT NULL,
    day TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, procedure, mark, dated, body, day)
) WITHOUT ROWID;
