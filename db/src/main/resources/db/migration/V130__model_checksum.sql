-- Which parameters a prediction was asked for: a package that is replaced under its name gives new results.
alter table predictions add column model_sha256 text not null default '';
