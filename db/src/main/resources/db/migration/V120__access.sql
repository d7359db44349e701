-- Who may use the service, whose the jobs are, and who did what.

create table api_keys (
    id                  uuid primary key     default uuidv7(),
    name                text        not null check (length(name) between 1 and 100),
    -- Of the whole secret, which has 256 random bits and therefore needs neither salt nor a slow hash.
    secret_sha256       text        not null unique check (secret_sha256 ~ '^[0-9a-f]{64}$'),
    scopes              text[]      not null check (scopes <@ array ['submit', 'read', 'admin'] and cardinality(scopes) > 0),
    requests_per_minute int check (requests_per_minute > 0),
    jobs_per_day        int check (jobs_per_day > 0),
    created             timestamptz not null default now(),
    last_used           timestamptz,
    revoked             timestamptz
);

-- One key in use has a name; after it is revoked the name is free again.
create unique index api_keys_name on api_keys (name) where revoked is null;

-- Null where the service is open: everyone's.
alter table predictions add column owner text;
create index predictions_by_owner on predictions (owner, ticket) where owner is not null;

alter table idempotency_keys add column owner text not null default '';
alter table idempotency_keys drop constraint idempotency_keys_pkey;
alter table idempotency_keys add primary key (owner, key);

-- Jobs accepted from an owner on a day (UTC), removed ones included.
create table usage (
    owner text   not null,
    day   date   not null,
    jobs  bigint not null check (jobs >= 0),
    primary key (owner, day)
);

create table audit (
    id      bigint generated always as identity primary key,
    time    timestamptz not null default now(),
    -- Key or user; 'anyone' where the service is open, 'command line' for anfinsen key.
    actor   text        not null,
    address text,
    action  text        not null,
    target  text        not null,
    -- HTTP status; null for the command line.
    status  int
);

create index audit_by_time on audit (time);
