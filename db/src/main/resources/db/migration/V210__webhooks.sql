-- Messages to addresses that came with a submission, sent when its work has ended; and whose a benchmark is.

create table webhooks (
    -- The message's id: the same at every try.
    id           uuid primary key     default uuidv7(),
    url          text        not null,
    -- Signs the message, base64; the submitter has it from the answer to the submission.
    secret       text        not null,
    -- What it waits for: the end of a benchmark, or of all jobs of one submission.
    benchmark    uuid unique references benchmarks on delete cascade,
    jobs         uuid[],
    state        text        not null default 'waiting' check (state in ('waiting', 'due', 'delivered', 'abandoned')),
    body         text,
    tries        int         not null default 0,
    next_try     timestamptz,
    last_outcome text,
    created      timestamptz not null default now(),
    constraint webhook_waits_for_one check ((benchmark is null) <> (jobs is null)),
    constraint webhook_that_waits_no_more_has_a_body check (state = 'waiting' or body is not null),
    constraint webhook_due_has_a_time check (state <> 'due' or next_try is not null)
);

create index webhooks_waiting on webhooks (created) where state = 'waiting';
create index webhooks_due on webhooks (next_try) where state = 'due';
-- A job belongs to one submission, so that its first one stands for all.
create unique index webhooks_of_submission on webhooks ((jobs[1])) where jobs is not null;

-- Null where the service is open, and for benchmarks of the command line: everyone's.
alter table benchmarks add column owner text;
create index benchmarks_by_owner on benchmarks (owner, accepted) where owner is not null;
create index benchmarks_by_age on benchmarks (accepted);

-- A benchmark's targets may be predicted by several networks.
update benchmarks set settings = (settings - '{model,modelSha256,recycles,models}'::text[]) || jsonb_build_object(
    'networks', jsonb_build_array(jsonb_build_object(
        'model', settings -> 'model',
        'modelSha256', coalesce(settings -> 'modelSha256', '""'),
        'recycles', settings -> 'recycles')),
    'seeds', settings -> 'models');
update benchmark_targets t set predictions = (
    select coalesce(jsonb_agg(jsonb_build_object('model', b.settings -> 'networks' -> 0 -> 'model') || p), '[]')
    from benchmarks b, jsonb_array_elements(t.predictions) p where b.id = t.benchmark)
where t.predictions <> '[]';
