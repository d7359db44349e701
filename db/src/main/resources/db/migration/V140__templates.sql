-- Where templates are looked for, as it was settled when the prediction was accepted; null for none.
alter table predictions add column templates json;
