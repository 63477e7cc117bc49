-- Rows of a file wait in boxes of some hundred each, and stand in import_rows once it is known what became of them: written
-- once instead of twice, and sealed once instead of row by row. Only failed rows keep their cells, for the error file.
create table import_chunks (
  import_id uuid not null references imports (id) on delete cascade,
  -- Position of the last row in the box; the number of rows is inside.
  last_position integer not null,
  box bytea not null,
  primary key (import_id, last_position)
);
-- What is sealed does not get shorter.
alter table import_chunks alter column box set storage external;

alter table import_rows alter column cells_box drop not null;
alter table import_rows alter column problems set default '[]';
-- Which row of an external id is the first is found while the file is read.
drop index import_rows__external_id;
