-- Auctions: seasons, sessions, lots, who may bid, the bids and what follows from them.

create table auction_seasons (
  id uuid primary key,
  market text not null references markets (code),
  name text not null,
  theme text,
  starts_on date not null,
  ends_on date not null,
  version integer not null default 1,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  constraint auction_seasons__days check (ends_on >= starts_on)
);
create index auction_seasons__market on auction_seasons (market, id desc);

create table auction_sessions (
  id uuid primary key,
  season_id uuid not null references auction_seasons (id),
  market text not null references markets (code),
  title text not null,
  introduction text,
  fields text[] not null,
  place text,
  held_on date not null,
  preview_from timestamptz,
  preview_to timestamptz,
  version integer not null default 1,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  constraint auction_sessions__preview check (num_nulls(preview_from, preview_to) in (0, 2) and preview_to >= preview_from)
);
create index auction_sessions__season on auction_sessions (season_id, id);
create index auction_sessions__market on auction_sessions (market, id desc);

-- What is sold and on which terms. The terms are frozen by the announcement; what bidding changes is in auction_books.
create table auction_lots (
  id uuid primary key,
  session_id uuid not null references auction_sessions (id),
  market text not null references markets (code),
  supply_id uuid not null references listings (id),
  seller_org_id uuid not null references organisations (id),
  title text not null,
  fields text[] not null,
  sale_mode text not null,
  state text not null,
  outcome text,
  unsold_reason text,
  start_fen bigint not null,
  ladder jsonb not null,
  deposit_fen bigint not null,
  valuation_fen bigint not null,
  valued_on date not null,
  valued_by text not null,
  terms_document jsonb,
  required_qualifications text[] not null,
  priority_org_ids uuid[] not null,
  related_org_ids uuid[] not null,
  opens_at timestamptz not null,
  planned_ends_at timestamptz not null,
  reserve_box bytea not null,
  reserve_commitment text not null,
  reserve_fen bigint,
  reserve_salt text,
  rules_version text,
  rules jsonb,
  terms_hash text,
  announced_at timestamptz,
  closed_at timestamptz,
  withdrawal_reason text,
  previous_lot_id uuid references auction_lots (id),
  round integer not null default 1,
  version integer not null default 1,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auction_lots__sale_mode check (sale_mode in ('assignment', 'exclusive_licence', 'ordinary_licence')),
  constraint auction_lots__state check (state in ('draft', 'announced', 'open', 'closed', 'settled', 'defaulted')),
  constraint auction_lots__outcome check (outcome in ('sold', 'unsold', 'withdrawn')),
  constraint auction_lots__closed check
    ((state in ('closed', 'settled', 'defaulted')) = (outcome is not null and closed_at is not null)),
  constraint auction_lots__unsold check ((outcome = 'unsold') = (unsold_reason is not null) or outcome is null),
  constraint auction_lots__money check
    (start_fen > 0 and deposit_fen >= 0 and valuation_fen > 0 and reserve_fen >= 0 and start_fen <= 9000000000000000),
  constraint auction_lots__times check (planned_ends_at > opens_at),
  constraint auction_lots__announced check
    (state = 'draft' or num_nulls(rules_version, rules, terms_hash, announced_at) = 0),
  -- The seal is opened by the close and by nothing else.
  constraint auction_lots__reserve_revealed check
    ((reserve_fen is not null and reserve_salt is not null) = (outcome is not null))
);
create index auction_lots__session on auction_lots (session_id, id);
create index auction_lots__market on auction_lots (market, state, id desc);
create index auction_lots__seller on auction_lots (seller_org_id, id desc);
-- A right is sold once at a time; an ordinary licence may be sold in several lots.
create unique index auction_lots__supply_once on auction_lots (supply_id)
  where sale_mode <> 'ordinary_licence' and state in ('draft', 'announced', 'open');
create unique index auction_lots__reauction_once on auction_lots (previous_lot_id) where previous_lot_id is not null;

-- The hot row of a lot: narrow, and with room on its page, so that a bid rewrites it in place.
create table auction_books (
  lot_id uuid primary key references auction_lots (id) on delete cascade,
  opens_at timestamptz not null,
  ends_at timestamptz not null,
  hard_ends_at timestamptz not null,
  soft_close_ms integer not null,
  ladder_from bigint[] not null,
  ladder_step bigint[] not null,
  is_closed boolean not null default false,
  seq integer not null default 0,
  price_fen bigint,
  -- The least amount that the next bid has to reach.
  least_fen bigint not null,
  leader_id uuid,
  leader_number integer,
  -- How far the leader goes; nobody but the leader is ever shown it.
  leader_max_fen bigint,
  last_hash text not null,
  constraint auction_books__leader check
    (num_nulls(price_fen, leader_id, leader_number, leader_max_fen) = case when seq = 0 then 4 else 0 end),
  constraint auction_books__reach check (leader_max_fen >= price_fen and least_fen > price_fen),
  constraint auction_books__end check (ends_at <= hard_ends_at)
) with (fillfactor = 50);
create index auction_books__due on auction_books (ends_at) where not is_closed;

create table auction_registrations (
  id uuid primary key,
  lot_id uuid not null references auction_lots (id),
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  number integer not null,
  state text not null,
  deposit_state text not null default 'none',
  deposit_fen bigint not null,
  claims_priority boolean not null,
  related_org_ids uuid[] not null,
  terms_sha256 text,
  decision_note text,
  decided_by uuid references users (id),
  decided_at timestamptz,
  created_at timestamptz not null,
  constraint auction_registrations__org unique (lot_id, org_id),
  constraint auction_registrations__number unique (lot_id, number),
  constraint auction_registrations__state check (state in ('pending', 'admitted', 'refused', 'excluded', 'withdrawn')),
  constraint auction_registrations__deposit check
    (deposit_state in ('none', 'frozen', 'returned', 'applied', 'forfeited') and deposit_fen >= 0)
);
create index auction_registrations__by_org on auction_registrations (org_id, id desc);

-- Double entry: both sides of a move carry its id, and the commit refuses a move that does not sum to zero.
create table auction_deposit_entries (
  id bigint generated always as identity primary key,
  move_id uuid not null,
  registration_id uuid not null references auction_registrations (id),
  move text not null,
  account text not null,
  amount_fen bigint not null,
  reference text,
  moved_by uuid references users (id),
  at timestamptz not null,
  constraint auction_deposit_entries__side unique (move_id, account),
  constraint auction_deposit_entries__move check (move in ('freeze', 'return', 'apply', 'forfeit')),
  constraint auction_deposit_entries__account check (account in ('bidder', 'held', 'price', 'forfeits')),
  constraint auction_deposit_entries__amount check (amount_fen <> 0)
);
-- A deposit comes in once and leaves once.
create unique index auction_deposit_entries__in on auction_deposit_entries (registration_id)
  where account = 'held' and amount_fen > 0;
create unique index auction_deposit_entries__out on auction_deposit_entries (registration_id)
  where account = 'held' and amount_fen < 0;
create index auction_deposit_entries__registration on auction_deposit_entries (registration_id);

create function refuse_unbalanced_deposit() returns trigger language plpgsql as $$
begin
  if (select sum(amount_fen) from auction_deposit_entries where move_id = new.move_id) <> 0 then
    raise exception 'a move of a deposit does not sum to zero' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger auction_deposit_entries__balanced after insert on auction_deposit_entries
  deferrable initially deferred for each row execute function refuse_unbalanced_deposit();

-- Written by the one statement of a bid (bid-repo.ts), which holds the book and has seen the registration: no foreign keys,
-- whose checks would cost each bid two more look-ups.
create table auction_bids (
  lot_id uuid not null,
  seq integer not null,
  registration_id uuid not null,
  bidder_number integer not null,
  amount_fen bigint not null,
  kind text not null,
  covered_number integer,
  at timestamptz not null,
  ends_at timestamptz not null,
  previous_hash text not null,
  hash text not null,
  constraint auction_bids__seq primary key (lot_id, seq),
  constraint auction_bids__amount unique (lot_id, amount_fen),
  constraint auction_bids__kind check (kind in ('manual', 'automatic')),
  constraint auction_bids__fen check (amount_fen > 0 and amount_fen <= 9000000000000000)
);

-- One row for each request that was taken, with its answer: what makes a repeat harmless. The limit is the bidder's secret.
create table auction_bid_requests (
  lot_id uuid not null,
  registration_id uuid not null,
  key text not null,
  limit_fen bigint not null,
  is_maximum boolean not null,
  outcome text not null,
  seq integer not null,
  amount_fen bigint not null,
  price_fen bigint not null,
  least_fen bigint not null,
  ends_at timestamptz not null,
  at timestamptz not null,
  constraint auction_bid_requests__key primary key (lot_id, registration_id, key),
  constraint auction_bid_requests__outcome check (outcome in ('leading', 'outbid', 'covered', 'raised'))
);

create function refuse_change_of_auction_record() returns trigger language plpgsql as $$
begin
  raise exception '% rows are append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger auction_bids__append_only before update or delete on auction_bids
  for each row execute function refuse_change_of_auction_record();
create trigger auction_bid_requests__append_only before update or delete on auction_bid_requests
  for each row execute function refuse_change_of_auction_record();
create trigger auction_deposit_entries__append_only before update or delete on auction_deposit_entries
  for each row execute function refuse_change_of_auction_record();

-- The increment above a price: the highest tier that begins at or below it.
create function auction_step(tiers bigint[], steps bigint[], price bigint) returns bigint
  language sql immutable parallel safe
  return (select step from unnest(tiers, steps) as tier (from_fen, step) where from_fen <= price order by from_fen desc limit 1);

-- RFC 3339 in UTC with milliseconds, as JavaScript writes it: part of what a bid's hash is taken of.
create function auction_instant(at timestamptz) returns text
  language sql immutable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

create table auction_awards (
  id uuid primary key,
  lot_id uuid not null references auction_lots (id),
  registration_id uuid not null references auction_registrations (id),
  org_id uuid not null references organisations (id),
  bidder_number integer not null,
  amount_fen bigint not null,
  rank integer not null,
  basis text not null,
  state text not null,
  answer_by timestamptz not null,
  note text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auction_awards__rank unique (lot_id, rank),
  constraint auction_awards__basis check (basis in ('bidding', 'priority', 'second_offer')),
  constraint auction_awards__state check
    (state in ('accepted', 'offered', 'declined', 'defaulted', 'superseded', 'settled'))
);
-- No interleaving of closers gives a lot to two.
create unique index auction_awards__standing on auction_awards (lot_id) where state in ('accepted', 'offered', 'settled');
create index auction_awards__org on auction_awards (org_id, id desc);
