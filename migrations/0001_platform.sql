-- Outbox, idempotency and audit: what every module stands on.

create table outbox_events (
  id uuid primary key,
  seq bigint generated always as identity,
  type text not null,
  version integer not null,
  data jsonb not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  available_at timestamptz not null default clock_timestamp(),
  lease_until timestamptz,
  lease_token uuid,
  done_at timestamptz,
  dead_at timestamptz,
  last_error text
);
-- The relay reads only what is open; done rows leave the index, so it stays small whatever the table's size.
create index outbox_events__open on outbox_events (seq) where done_at is null and dead_at is null;
create index outbox_events__dead on outbox_events (dead_at) where dead_at is not null;
create index outbox_events__done on outbox_events (done_at) where done_at is not null;
alter table outbox_events set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

create table idempotency_keys (
  principal text not null,
  route text not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  headers jsonb not null,
  body bytea,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  primary key (principal, route, key)
);
create index idempotency_keys__expires on idempotency_keys (expires_at);

create table audit_entries (
  id uuid primary key,
  seq bigint generated always as identity,
  org_id uuid,
  user_id uuid,
  action text not null,
  object_id text,
  facts jsonb not null,
  at timestamptz not null
);
create index audit_entries__org on audit_entries (org_id, seq);
create index audit_entries__object on audit_entries (object_id, seq);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entries__append_only before update or delete on audit_entries
  for each row execute function refuse_change();
