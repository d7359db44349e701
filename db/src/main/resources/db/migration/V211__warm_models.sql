-- What the workers have in memory, so that a job goes to one that need not load its model.

create table workers (
    -- As in predictions.worker.
    name   text primary key,
    models text[]      not null,
    -- When it last asked for work: one that has not for some seconds is busy, or gone.
    asked  timestamptz not null default now()
);

create index predictions_queue_by_model on predictions (model, ticket) where state = 'queued';
