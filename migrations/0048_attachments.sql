-- Files of listings and of the threads of introductions. The bytes are in the file store, under the id.
create table attachments (
  id uuid primary key,
  -- A listing or an introduction, with the prefix of its id: it may be gone before the file is.
  subject text not null,
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  tier text not null,
  file_name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  created_at timestamptz not null,
  -- Null while the bytes are on their way to the store, and for good when the process died on it.
  stored_at timestamptz,
  removed_at timestamptz,
  constraint attachments__tier check (tier in ('public', 'member', 'confidential', 'thread')),
  constraint attachments__size check (size_bytes > 0),
  constraint attachments__sha256 check (sha256 ~ '^[0-9a-f]{64}$')
);
-- The same file of the same organisation stands once: to send it again after a broken line is harmless.
create unique index attachments__once on attachments (subject, org_id, tier, sha256) where removed_at is null;
create index attachments__unstored on attachments (created_at) where stored_at is null or removed_at is not null;
