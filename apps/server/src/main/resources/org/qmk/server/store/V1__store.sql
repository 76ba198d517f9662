-- The words with a dollar sign are those of SQLite or PostgreSQL for the same thing (Dialect.java).

CREATE TABLE belongs (
    journal TEXT NOT NULL PRIMARY KEY
)${strict};

CREATE TABLE api_key (
    id TEXT NOT NULL PRIMARY KEY,
    digest ${bytes} NOT NULL,
    tenant TEXT,
    revoked ${long} NOT NULL,
    created ${long} NOT NULL
)${strict};

CREATE TABLE tenant (
    name TEXT NOT NULL PRIMARY KEY,
    capabilities TEXT NOT NULL,
    requests_per_second ${long} NOT NULL
)${strict};

CREATE TABLE allowance (
    id TEXT NOT NULL PRIMARY KEY,
    used ${long} NOT NULL
)${strict};

CREATE TABLE job (
    tenant ${long} NOT NULL,
    ticket ${long} NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    shots ${long} NOT NULL,
    seed ${long} NOT NULL,
    idempotency_key TEXT NOT NULL,
    retry ${long},
    warnings TEXT NOT NULL,
    epoch ${long} NOT NULL,
    state TEXT NOT NULL,
    cause TEXT NOT NULL,
    detail TEXT NOT NULL,
    shots_done ${long} NOT NULL,
    ended_epoch ${long} NOT NULL,
    epochs ${long} NOT NULL,
    wait_cause TEXT NOT NULL,
    waited TEXT NOT NULL,
    bits TEXT NOT NULL,
    counts TEXT NOT NULL,
    ended_at ${long} NOT NULL,
    PRIMARY KEY (tenant, ticket)
)${strict};

CREATE INDEX job_by_end ON job (tenant, ended_epoch, ticket);
CREATE INDEX job_by_retry ON job (tenant, retry, ticket) WHERE retry IS NOT NULL;
CREATE INDEX job_not_completed ON job (tenant, state, ticket) WHERE state <> 'COMPLETED';

CREATE TABLE horizon (
    tenant ${long} NOT NULL PRIMARY KEY,
    ended_epoch ${long} NOT NULL,
    ticket ${long} NOT NULL
)${strict};
