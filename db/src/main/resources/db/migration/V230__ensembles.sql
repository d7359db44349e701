-- Predictions of one chain, by several networks or from several seeds, are ranked with each other.

-- Null for one that stands alone, as all of earlier versions do.
alter table predictions add column ensemble uuid;
create index predictions_by_ensemble on predictions (ensemble) where ensemble is not null;
