-- Webhooks: where organisations want to be called, and one row for every message to every endpoint.

create table webhook_endpoints (
  id uuid primary key,
  org_id uuid not null references organisations (id),
  url text not null,
  description text,
  event_types text[] not null,
  is_enabled boolean not null,
  disabled_reason text,
  disabled_at timestamptz,
  secret bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz,
  parallel_limit integer not null,
  consecutive_failures integer not null,
  paused_until timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint webhook_endpoints__event_types check (cardinality(event_types) > 0),
  constraint webhook_endpoints__disabled check
    (num_nulls(disabled_reason, disabled_at) = case when is_enabled then 2 else 0 end),
  constraint webhook_endpoints__disabled_reason check (disabled_reason in ('owner', 'gone', 'exhausted')),
  constraint webhook_endpoints__previous_secret check (num_nulls(previous_secret, previous_secret_until) in (0, 2)),
  constraint webhook_endpoints__pace check (parallel_limit between 1 and 8 and consecutive_failures >= 0)
);
create index webhook_endpoints__org on webhook_endpoints (org_id, id);

create table webhook_deliveries (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  event_id uuid not null,
  type text not null,
  data jsonb not null,
  occurred_at timestamptz not null,
  state text not null,
  attempts integer not null,
  next_attempt_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  last_attempt_at timestamptz,
  last_status_code integer,
  last_failure text,
  last_latency_ms integer,
  last_excerpt text,
  created_at timestamptz not null,
  settled_at timestamptz,
  constraint webhook_deliveries__once unique (endpoint_id, event_id),
  constraint webhook_deliveries__state check (state in ('pending', 'delivered', 'failed', 'cancelled')),
  constraint webhook_deliveries__attempts check (attempts between 0 and 10),
  constraint webhook_deliveries__pending check
    ((state = 'pending') = (next_attempt_at is not null) and (state = 'pending') = (settled_at is null)),
  constraint webhook_deliveries__lease check
    (num_nulls(lease_token, lease_until) in (0, 2) and (lease_token is null or state = 'pending'))
);
create index webhook_deliveries__endpoint on webhook_deliveries (endpoint_id, id desc);
-- Running attempts and the backlog of an endpoint are counted at every attempt; both indexes hold open rows only.
create index webhook_deliveries__running on webhook_deliveries (endpoint_id, lease_until) where lease_token is not null;
create index webhook_deliveries__pending on webhook_deliveries (endpoint_id) where state = 'pending';
create index webhook_deliveries__due on webhook_deliveries (next_attempt_at) where state = 'pending';
create index webhook_deliveries__settled on webhook_deliveries (settled_at) where state <> 'pending';
