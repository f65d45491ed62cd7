"""The tables of the ledger in PostgreSQL; `database` has those of the home's own file."""

# Text is compared by code points, as SQLite does: keys of tries are looked for between two.
# Each step leads from one version to the next; steps are only ever added, and a program of before
# goes on with what a step has made, until all machines have the new one.
_TEXT = 'text COLLATE "C" NOT NULL'
STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE steps (number int PRIMARY KEY)",
        f"CREATE TABLE accounts (name {_TEXT} PRIMARY KEY, role {_TEXT}, hash {_TEXT},"
        f" created {_TEXT})",
        f"CREATE TABLE sessions (id {_TEXT} PRIMARY KEY, name {_TEXT} REFERENCES accounts"
        " ON DELETE CASCADE, opened float8 NOT NULL, seen float8 NOT NULL)",
        f"CREATE TABLE tries (key {_TEXT} PRIMARY KEY, wrong int NOT NULL, last float8 NOT NULL)",
        "CREATE INDEX tries_by_last ON tries (last)",
        f"CREATE TABLE known (key {_TEXT} PRIMARY KEY, last float8 NOT NULL)",
        "CREATE TABLE audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        f" at {_TEXT}, who {_TEXT}, action {_TEXT}, subject {_TEXT}, outcome {_TEXT})",
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'audit' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
        f"CREATE TABLE keys (name {_TEXT} PRIMARY KEY, hash {_TEXT} UNIQUE,"
        f" per_minute int NOT NULL, created {_TEXT})",
    ),
    (
        f"CREATE TABLE feedback (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line {_TEXT})",
        "CREATE TABLE asked (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        f" time {_TEXT}, question {_TEXT}, resolved {_TEXT}, ended {_TEXT}, mode {_TEXT},"
        f" milliseconds float8 NOT NULL, index_version {_TEXT}, disliked int NOT NULL DEFAULT 0)",
        "CREATE INDEX asked_question ON asked USING hash (question)",  # of any length
        "CREATE INDEX asked_time ON asked (time)",
        "CREATE TABLE heard (bytes bigint NOT NULL)",  # named as in the file; here an id
        "INSERT INTO heard VALUES (0)",
    ),
)
