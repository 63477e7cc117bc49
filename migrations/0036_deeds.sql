-- What each broker did, a row for every fact and broker, derived from the facts of review, introductions and deals.

create table broker_deeds (
  event_id uuid not null,
  user_id uuid not null references users (id),
  kind text not null,
  action text not null,
  market text not null,
  -- The review item, introduction or deal.
  object_id text not null,
  -- Part of the commission of a deal at that time, in basis points.
  share_bp integer,
  at timestamptz not null,
  -- A fact that comes twice is kept once.
  constraint broker_deeds__once primary key (event_id, user_id),
  constraint broker_deeds__kind check (kind in ('decision', 'introduction', 'deal')),
  constraint broker_deeds__share check ((kind = 'deal') = (share_bp is not null) and share_bp between 0 and 10000)
);
-- Ids of events sort by their time.
create index broker_deeds__broker on broker_deeds (user_id, event_id desc);
create trigger broker_deeds__append_only before update or delete on broker_deeds
  for each row execute function refuse_change();

-- What a broker has said about an item stands.
create trigger review_readings__append_only before update or delete on review_readings
  for each row execute function refuse_change();
