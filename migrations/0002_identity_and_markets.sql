-- Markets, organisations with their users, and the ways to sign in.

create table markets (
  code text primary key,
  parent_code text references markets (code),
  name_zh text not null,
  name_en text not null,
  region text not null,
  rules jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint markets__code_form check (code ~ '^[a-z][a-z0-9-]{1,62}$'),
  constraint markets__not_own_parent check (parent_code <> code)
);
create index markets__parent on markets (parent_code);

create table organisations (
  id uuid primary key,
  kind text not null,
  name text not null,
  short_name text,
  uscc text not null,
  market text not null references markets (code),
  region text,
  introduction text,
  verification text not null,
  verification_note text,
  verified_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint organisations__uscc unique (uscc),
  constraint organisations__kind check (kind in
    ('university', 'research_institute', 'enterprise', 'financial_institution', 'broker_firm', 'market_operator')),
  constraint organisations__verification check (verification in
    ('unverified', 'pending', 'verified', 'rejected', 'suspended'))
);
create index organisations__market on organisations (market, id);

create table users (
  id uuid primary key,
  org_id uuid not null references organisations (id),
  email text not null,
  display_name text not null,
  password_hash text not null,
  role text not null,
  is_disabled boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint users__email unique (email),
  -- Collation "C" folds A-Z alone, as the schema of the API admits; the server's locale has no say.
  constraint users__email_folded check (email = lower(email collate "C")),
  constraint users__role check (role in ('owner', 'member', 'broker', 'operator'))
);
create index users__org on users (org_id, id);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  access_hash bytea not null,
  access_expires_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint sessions__access_hash unique (access_hash)
);
create index sessions__user on sessions (user_id, id);
create index sessions__expires on sessions (expires_at);

-- Used tokens stay until the session is purged: presenting one again is the sign of a theft.
create table refresh_tokens (
  hash bytea primary key,
  session_id uuid not null references sessions (id) on delete cascade,
  issued_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens__session on refresh_tokens (session_id);

create table api_keys (
  id uuid primary key,
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index api_keys__org on api_keys (org_id, id);

create table organisation_qualifications (
  id uuid primary key,
  org_id uuid not null references organisations (id),
  type text not null,
  level text,
  issuer text not null,
  region text,
  certificate_no text not null,
  valid_from date not null,
  valid_to date,
  state text not null,
  created_at timestamptz not null,
  constraint organisation_qualifications__certificate unique (org_id, type, certificate_no),
  constraint organisation_qualifications__state check (state in ('declared', 'verified', 'expired')),
  constraint organisation_qualifications__validity check (valid_to >= valid_from)
);

-- Failed sign-ins by account, kept for unknown accounts too, so that both answer alike.
create table login_attempts (
  account_hash bytea primary key,
  failures integer not null,
  last_failed_at timestamptz not null
);
create index login_attempts__last_failed on login_attempts (last_failed_at);
