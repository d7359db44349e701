-- What is searched for a job's alignment: {"databases": [{"name", "version", "checksum"}], "settings"}.
alter table predictions
    add column search json,
    add constraint searched_has_search check ((alignment = 'searched') = (search is not null));
