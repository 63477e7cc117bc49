-- A list that is longer than a sheet goes on in the next one. An import says what it did with each sheet, and a row that does
-- not stand in the first one says in which.
alter table imports add column sheets jsonb not null default '[]';
alter table import_rows add column sheet text;
