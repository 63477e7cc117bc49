-- Enquiries about supplies 询价 and the quotes of their negotiation. Messages and terms are sealed by the enquiry's key.

create table enquiries (
  id uuid primary key,
  supply_id uuid not null references listings (id),
  seller_org_id uuid not null references organisations (id),
  buyer_org_id uuid not null references organisations (id),
  market text not null references markets (code),
  state text not null,
  opened_by uuid not null references users (id),
  box bytea not null,
  expires_on date not null,
  accepted_quote_id uuid,
  ended_by text,
  ended_at timestamptz,
  reason_code text,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint enquiries__state check (state in ('open', 'quoted', 'accepted', 'declined', 'withdrawn', 'expired')),
  constraint enquiries__not_own check (seller_org_id <> buyer_org_id),
  constraint enquiries__accepted check ((state = 'accepted') = (accepted_quote_id is not null)),
  constraint enquiries__ended_by check (ended_by in ('seller', 'buyer', 'time')),
  constraint enquiries__ended check ((state in ('open', 'quoted')) = (ended_at is null))
);
create unique index enquiries__one_open on enquiries (supply_id, buyer_org_id) where state in ('open', 'quoted');
create index enquiries__seller on enquiries (seller_org_id, id desc);
create index enquiries__buyer on enquiries (buyer_org_id, id desc);
create index enquiries__market on enquiries (market, id desc);
create index enquiries__expiry on enquiries (expires_on) where state in ('open', 'quoted');

create table enquiry_quotes (
  id uuid primary key,
  enquiry_id uuid not null references enquiries (id),
  side text not null,
  user_id uuid not null references users (id),
  price_min_fen bigint not null,
  price_max_fen bigint not null,
  valid_until date not null,
  box bytea,
  created_at timestamptz not null,
  constraint enquiry_quotes__side check (side in ('seller', 'buyer')),
  constraint enquiry_quotes__price check (0 <= price_min_fen and price_min_fen <= price_max_fen)
);
create index enquiry_quotes__enquiry on enquiry_quotes (enquiry_id, id);
create trigger enquiry_quotes__append_only before update or delete on enquiry_quotes
  for each row execute function refuse_change();
