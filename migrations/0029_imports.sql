-- Spreadsheets of listings on their way into the market. The file lies in the database because API and workers may run on
-- different machines; it is deleted as soon as its rows are read.

create table imports (
  id uuid primary key,
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  kind text not null,
  mode text not null,
  should_submit boolean not null,
  file_name text,
  format text not null,
  size_bytes integer not null,
  sha256 text not null,
  state text not null,
  encoding text,
  -- Every header with the field that it stands for.
  headers jsonb not null,
  total_rows integer,
  -- Rows up to here are done; written in the transaction of what they did.
  processed_rows integer not null default 0,
  created_rows integer not null default 0,
  updated_rows integer not null default 0,
  unchanged_rows integer not null default 0,
  failed_rows integer not null default 0,
  failure_code text,
  failure_message text,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null,
  constraint imports__kind check (kind in ('supply', 'demand', 'finance_product')),
  constraint imports__mode check (mode in ('dry_run', 'upsert', 'create_only')),
  constraint imports__format check (format in ('csv', 'xlsx', 'ndjson')),
  constraint imports__state check (state in ('queued', 'running', 'finished', 'failed', 'cancelled')),
  constraint imports__ended check ((ended_at is not null) = (state in ('finished', 'failed', 'cancelled'))),
  constraint imports__counted check (created_rows + updated_rows + unchanged_rows + failed_rows = processed_rows)
);
create index imports__organisation on imports (org_id, id desc);
create index imports__open on imports (updated_at) where ended_at is null;

create table import_pieces (
  import_id uuid not null references imports (id) on delete cascade,
  number integer not null,
  bytes bytea not null,
  primary key (import_id, number)
);

create table import_rows (
  import_id uuid not null references imports (id) on delete cascade,
  -- Counts the rows of the file from 1 without gaps; `row_number` is what a spreadsheet program shows.
  position integer not null,
  row_number integer not null,
  -- What stands in the row, sealed: some of it is confidential.
  cells_box bytea not null,
  problems jsonb not null,
  external_id text,
  status text not null,
  listing_id uuid,
  errors jsonb not null default '[]',
  readings jsonb not null default '[]',
  primary key (import_id, position),
  constraint import_rows__status check (status in ('waiting', 'created', 'updated', 'unchanged', 'failed'))
);
create index import_rows__status on import_rows (import_id, status, position);
-- The first row of an external id is the one that counts.
create index import_rows__external_id on import_rows (import_id, external_id, position) where external_id is not null;
