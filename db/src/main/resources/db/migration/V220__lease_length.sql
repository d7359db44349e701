-- How long the lease of a running job is from one renewal to the next. A lease that ends later than that from now was given
-- before the clock was set back, and is cut: a job whose worker has died would wait for the clock otherwise.
alter table predictions add lease_millis bigint;
