-- Saved searches of users and what they found among newly published listings.

create table saved_searches (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  org_id uuid not null references organisations (id),
  name text not null,
  query jsonb not null,
  words jsonb not null,
  key text not null,
  alerts text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint saved_searches__alerts check (alerts in ('instant', 'daily', 'off'))
);
create index saved_searches__user on saved_searches (user_id, id);
-- A listing looks up the searches whose rarest condition it fulfils; all else is checked on those alone.
create index saved_searches__key on saved_searches (key, id);

create table saved_search_hits (
  saved_search_id uuid not null references saved_searches (id) on delete cascade,
  listing_id uuid not null references listings (id) on delete cascade,
  alert text not null,
  digest_on date,
  found_at timestamptz not null,
  constraint saved_search_hits__once primary key (saved_search_id, listing_id),
  constraint saved_search_hits__alert check (alert in ('none', 'instant', 'capped', 'waiting', 'digested')),
  constraint saved_search_hits__digest check ((alert = 'digested') = (digest_on is not null))
);
create index saved_search_hits__newest on saved_search_hits (saved_search_id, found_at desc, listing_id desc);
create index saved_search_hits__listing on saved_search_hits (listing_id);
create index saved_search_hits__waiting on saved_search_hits (saved_search_id) where alert = 'waiting';
