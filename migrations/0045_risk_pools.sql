-- Pools that bear their part of losses: who is enrolled, what is guaranteed, and a double-entry ledger of the money.

create table risk_pools (
  id uuid primary key,
  market text not null references markets (code),
  org_id uuid not null references organisations (id),
  external_id text,
  kind text not null,
  name text not null,
  shares jsonb not null,
  capacity_fen bigint not null,
  single_cap_fen bigint,
  cap_basis_points integer not null,
  state text not null,
  -- Ever guaranteed, which the cap is a share of; outstanding is what is in force now.
  guaranteed_fen bigint not null,
  outstanding_fen bigint not null,
  cash_fen bigint not null,
  compensated_fen bigint not null,
  recovered_fen bigint not null,
  version integer not null,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint risk_pools__kind check (kind in ('fund', 'batch')),
  constraint risk_pools__state check (state in ('open', 'suspended', 'closed')),
  constraint risk_pools__capacity check (outstanding_fen between 0 and capacity_fen),
  constraint risk_pools__cash check (cash_fen >= 0),
  constraint risk_pools__recovered check (recovered_fen between 0 and compensated_fen),
  constraint risk_pools__cap check
    ((compensated_fen - recovered_fen)::numeric * 10000 <= guaranteed_fen::numeric * cap_basis_points)
);
create index risk_pools__market on risk_pools (market, id desc);
create unique index risk_pools__external_id on risk_pools (org_id, external_id);

create table risk_pool_members (
  pool_id uuid not null references risk_pools (id),
  org_id uuid not null references organisations (id),
  enrolled_by uuid not null references users (id),
  enrolled_at timestamptz not null,
  left_at timestamptz,
  primary key (pool_id, org_id)
);

create table risk_pool_guarantees (
  application_id uuid primary key references finance_applications (id),
  pool_id uuid not null references risk_pools (id),
  batch_id uuid,
  guaranteed_fen bigint not null,
  compensated_fen bigint not null,
  recovered_fen bigint not null,
  guaranteed_at timestamptz not null,
  released_at timestamptz,
  constraint risk_pool_guarantees__amounts check
    (guaranteed_fen > 0 and compensated_fen between 0 and guaranteed_fen and recovered_fen between 0 and compensated_fen)
);
create index risk_pool_guarantees__pool on risk_pool_guarantees (pool_id, guaranteed_at desc);

create table risk_pool_journals (
  id uuid primary key,
  pool_id uuid not null references risk_pools (id),
  kind text not null,
  application_id uuid references finance_applications (id),
  reference text,
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  at timestamptz not null,
  constraint risk_pool_journals__kind check (kind in ('contribution', 'compensation', 'recovery')),
  constraint risk_pool_journals__application check ((kind = 'contribution') = (application_id is null))
);
create index risk_pool_journals__pool on risk_pool_journals (pool_id, id desc);

create table risk_pool_entries (
  journal_id uuid not null references risk_pool_journals (id),
  number integer not null,
  pool_id uuid not null references risk_pools (id),
  account text not null,
  party text,
  side text not null,
  amount_fen bigint not null,
  primary key (journal_id, number),
  constraint risk_pool_entries__account check (account in ('cash', 'contributed', 'compensated', 'recovered')),
  constraint risk_pool_entries__party check ((account = 'cash') = (party is null)),
  constraint risk_pool_entries__side check (side in ('debit', 'credit')),
  constraint risk_pool_entries__amount check (amount_fen > 0)
);
create index risk_pool_entries__pool on risk_pool_entries (pool_id);

-- What is booked stays booked; a mistake is put right by another journal.
create function risk_pool_ledger_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger of a risk pool is only added to' using errcode = 'check_violation';
end $$;
create trigger risk_pool_journals__stay before update or delete on risk_pool_journals
  for each row execute function risk_pool_ledger_stays();
create trigger risk_pool_entries__stay before update or delete on risk_pool_entries
  for each row execute function risk_pool_ledger_stays();

-- At the commit every journal balances, whoever wrote it.
create function risk_pool_journal_balances() returns trigger language plpgsql as $$
begin
  if (select sum(case side when 'debit' then amount_fen else -amount_fen end)
      from risk_pool_entries where journal_id = new.journal_id) <> 0 then
    raise exception 'journal % does not balance', new.journal_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger risk_pool_entries__balance after insert on risk_pool_entries
  deferrable initially deferred for each row execute function risk_pool_journal_balances();

-- And the sums of a pool are those of its ledger.
create function risk_pool_sums() returns trigger language plpgsql as $$
declare
  held risk_pools%rowtype;
  sums record;
begin
  select * into held from risk_pools where id = new.id;
  select coalesce(sum(case side when 'debit' then amount_fen else -amount_fen end) filter (where account = 'cash'), 0) as cash,
         coalesce(sum(amount_fen) filter (where account = 'compensated'), 0) as compensated,
         coalesce(sum(amount_fen) filter (where account = 'recovered'), 0) as recovered
    into sums from risk_pool_entries where pool_id = new.id;
  if (held.cash_fen, held.compensated_fen, held.recovered_fen) is distinct from (sums.cash, sums.compensated, sums.recovered) then
    raise exception 'the sums of pool % are not those of its ledger', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger risk_pools__sums after insert or update on risk_pools
  deferrable initially deferred for each row execute function risk_pool_sums();
