-- Jobs, their results, files and history. Needs PostgreSQL 18 (uuidv7).
-- A job is queued, running (a worker holds it by claim_token until lease_until) or final.

create table results (
    content_hash text primary key check (content_hash ~ '^[0-9a-f]{64}$'),
    -- json, not jsonb: the order of the keys is kept.
    summary      json        not null,
    created      timestamptz not null default now()
);

create table artifacts (
    content_hash text   not null references results on delete cascade,
    name         text   not null,
    position     int    not null,
    media_type   text   not null,
    size         bigint not null check (size >= 0),
    sha256       text   not null check (sha256 ~ '^[0-9a-f]{64}$'),
    content      bytea  not null,
    primary key (content_hash, name)
);

create table predictions (
    id               uuid primary key     default uuidv7(),
    -- The order of acceptance: the queue's and the list's. Not the id, which follows a clock that may be set back.
    ticket           bigint      not null generated always as identity unique,
    name             text        not null,
    residues         text        not null,
    a3m              text,
    model            text        not null,
    recycles         int         not null,
    seed             bigint      not null,
    alignment        text        not null,
    content_hash     text        not null check (content_hash ~ '^[0-9a-f]{64}$'),
    notes            jsonb       not null,
    state            text        not null check (state in
        ('queued', 'searching', 'featurising', 'predicting', 'writing', 'done', 'failed', 'cancelled')),
    state_since      timestamptz not null default now(),
    cycle            int,
    cycles           int,
    mean_plddt       double precision,
    change           double precision,
    attempt          int         not null default 0 check (attempt >= 0),
    reused           boolean     not null default false,
    cancel_requested boolean     not null default false,
    accepted         timestamptz not null default now(),
    started          timestamptz,
    finished         timestamptz,
    stage_millis     jsonb       not null default '{}',
    worker           text,
    claim_token      uuid,
    lease_until      timestamptz,
    result           text references results,
    failure_code     text,
    failure_category text,
    failure_message  text,
    event_count      bigint      not null default 0,
    constraint running_is_claimed check (
        (state in ('searching', 'featurising', 'predicting', 'writing'))
            = (claim_token is not null and lease_until is not null)),
    constraint done_has_result check ((state = 'done') = (result is not null)),
    constraint failed_has_reason check (
        (state = 'failed') = (failure_code is not null and failure_category is not null and failure_message is not null)),
    constraint final_is_finished check ((state in ('done', 'failed', 'cancelled')) = (finished is not null))
);

create index predictions_queue on predictions (ticket) where state = 'queued';
create index predictions_queued_content on predictions (content_hash) where state = 'queued';
create index predictions_by_state on predictions (state, ticket);
create index predictions_by_result on predictions (result) where result is not null;
create index predictions_lease on predictions (lease_until) where claim_token is not null;
-- Whatever else goes wrong, two workers never compute the same at a time.
create unique index predictions_running_content on predictions (content_hash) where claim_token is not null;

create table events (
    job             uuid        not null references predictions on delete cascade,
    sequence_number bigint      not null,
    time            timestamptz not null default now(),
    state           text        not null,
    cycle           int,
    cycles          int,
    mean_plddt      double precision,
    change          double precision,
    detail          text,
    primary key (job, sequence_number)
);

-- Whoever listens learns of every event when its transaction is committed: '<job> <state>'.
create function signal_event() returns trigger language plpgsql as $$
begin
    perform pg_notify('anfinsen_events', new.job || ' ' || new.state);
    return null;
end
$$;

create trigger signal_event after insert on events for each row execute function signal_event();

create table idempotency_keys (
    key          text primary key,
    -- Of the whole submission, names included.
    request_hash text        not null,
    jobs         uuid[]      not null,
    created      timestamptz not null default now()
);

create index idempotency_keys_by_age on idempotency_keys (created);
