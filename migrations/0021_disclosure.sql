-- Confidential parts of listings are sealed by a key for each listing. The clear columns stay for the program before this one
-- and for rows that a job has still to seal; where a clear column has a value, it is the newer one.

create table data_keys (
  subject uuid primary key,
  wrapped bytea not null,
  key_id text not null,
  created_at timestamptz not null default now()
);
create index data_keys__key on data_keys (key_id);

alter table listing_confidentials add column detail_box bytea, add column contact_box bytea;

-- Who besides the owner may read a listing's confidential detail, and on what ground. Of each ground there is one grant.
create table disclosure_grants (
  id uuid primary key,
  listing_id uuid not null references listings (id) on delete cascade,
  org_id uuid references organisations (id),
  user_id uuid references users (id),
  ground text not null,
  granted_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references users (id),
  constraint disclosure_grants__grantee check (num_nonnulls(org_id, user_id) = 1),
  constraint disclosure_grants__ended check (ended_by is null or ended_at is not null)
);
create unique index disclosure_grants__once on disclosure_grants (listing_id, ground, coalesce(org_id, user_id));
create index disclosure_grants__ground on disclosure_grants (ground) where ended_at is null;

create table introduction_ndas (
  introduction_id uuid not null references introductions (id),
  side text not null,
  text_version text not null,
  text_sha256 text not null,
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  signed_at timestamptz not null,
  constraint introduction_ndas__once primary key (introduction_id, side),
  constraint introduction_ndas__side check (side in ('demand', 'supply')),
  constraint introduction_ndas__sha256 check (text_sha256 ~ '^[0-9a-f]{64}$')
);
create trigger introduction_ndas__append_only before update or delete on introduction_ndas
  for each row execute function refuse_change();
