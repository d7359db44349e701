-- Benchmarks: sets of targets that are predicted and scored as one. Spring Batch's own tables are made by V111, in Java.

create table benchmarks (
    id             uuid primary key     default uuidv7(),
    name           text        not null,
    -- Where the report goes; null for the service's own place.
    folder         text unique,
    fingerprint    text        not null,
    settings       jsonb       not null,
    stop_requested boolean     not null default false,
    accepted       timestamptz not null default now()
);

create table benchmark_targets (
    benchmark    uuid not null references benchmarks on delete cascade,
    name         text not null,
    -- The order of work: longest first. With n shares, a share is every n-th rank.
    rank         int  not null,
    residues     text not null,
    a3m          text,
    state        text not null check (state in ('accepted', 'aligned', 'predicted', 'scored', 'failed')),
    alignment    jsonb,
    contacts     text,
    predictions  jsonb not null default '[]',
    scores       jsonb not null default '[]',
    failed_stage text,
    failure      text,
    primary key (benchmark, name),
    constraint failed_target_has_reason check (
        (state = 'failed') = (failed_stage is not null and failure is not null))
);

create unique index benchmark_targets_by_rank on benchmark_targets (benchmark, rank);
create index benchmark_targets_by_state on benchmark_targets (benchmark, state, rank);

create table benchmark_natives (
    benchmark uuid not null,
    target    text not null,
    name      text not null,
    content   text not null,
    primary key (benchmark, target, name),
    foreign key (benchmark, target) references benchmark_targets on delete cascade
);
