-- Audit entries become a chain per organisation. Entries stay as they are written; the links that a sealer adds after the
-- commit say where in its organisation's chain an entry stands (ADR 0014).

-- What waits for its link. A trigger fills it in the transaction of the entry; the sealer empties it.
create table audit_pending (
  seq bigint primary key,
  entry_id uuid not null
);

create table audit_links (
  entry_id uuid primary key references audit_entries (id),
  -- The acting organisation; the nil UUID for what nobody's organisation did.
  chain uuid not null,
  position bigint not null,
  prev_hash text not null,
  hash text not null,
  sealed_at timestamptz not null,
  constraint audit_links__position unique (chain, position),
  constraint audit_links__from_one check (position > 0),
  constraint audit_links__hashes check (length(prev_hash) = 64 and length(hash) = 64)
);

-- Once a day: where the chains stood. Its hash also goes to the log, so that it can be kept outside of this database.
create table audit_anchors (
  position bigint primary key,
  -- Chains that grew since the anchor before: [{"chain", "position", "hash"}].
  heads jsonb not null,
  prev_hash text not null,
  hash text not null,
  made_at timestamptz not null
);

create function await_seal() returns trigger language plpgsql as $$
begin
  insert into audit_pending (seq, entry_id) values (new.seq, new.id);
  return null;
end $$;
create trigger audit_entries__await_seal after insert on audit_entries for each row execute function await_seal();
insert into audit_pending (seq, entry_id) select seq, id from audit_entries;

create trigger audit_entries__no_truncate before truncate on audit_entries
  for each statement execute function refuse_change();
create trigger audit_links__append_only before update or delete on audit_links
  for each row execute function refuse_change();
create trigger audit_links__no_truncate before truncate on audit_links
  for each statement execute function refuse_change();
create trigger audit_anchors__append_only before update or delete on audit_anchors
  for each row execute function refuse_change();
create trigger audit_anchors__no_truncate before truncate on audit_anchors
  for each statement execute function refuse_change();
revoke update, delete, truncate on audit_entries, audit_links, audit_anchors from public;
