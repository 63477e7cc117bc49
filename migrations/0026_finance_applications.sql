-- Applications for finance products: the line, what was drawn, repaid and compensated apart, and every step.

create table finance_applications (
  id uuid primary key,
  product_id uuid not null references listings (id),
  applicant_id uuid not null references organisations (id),
  provider_id uuid not null references organisations (id),
  market text not null references markets (code),
  match_id uuid,
  stage text not null,
  amount_fen bigint not null,
  term_months integer not null,
  purpose text not null,
  line_fen bigint,
  drawn_fen bigint not null,
  repaid_fen bigint not null,
  compensated_fen bigint not null,
  decline_reason text,
  pre_check jsonb not null,
  shared jsonb not null,
  documents jsonb not null,
  due_at timestamptz,
  approval_days integer,
  version integer not null,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  submitted_at timestamptz,
  decided_at timestamptz,
  updated_at timestamptz not null,
  constraint finance_applications__stage check (stage in ('pre_checked', 'submitted', 'accepted', 'due_diligence', 'approved',
    'declined', 'withdrawn', 'guaranteed', 'drawn', 'repaying', 'settled', 'overdue', 'compensated')),
  constraint finance_applications__amount check (amount_fen > 0 and line_fen > 0),
  constraint finance_applications__drawn check (drawn_fen between 0 and coalesce(line_fen, 0)),
  constraint finance_applications__repaid check
    (repaid_fen >= 0 and compensated_fen >= 0 and repaid_fen + compensated_fen <= drawn_fen),
  constraint finance_applications__declined check ((stage = 'declined') = (decline_reason is not null))
);
create index finance_applications__applicant on finance_applications (applicant_id, id);
create index finance_applications__provider on finance_applications (provider_id, id);
create index finance_applications__market on finance_applications (market, created_at);
create unique index finance_applications__open on finance_applications (product_id, applicant_id)
  where stage in ('pre_checked', 'submitted', 'accepted', 'due_diligence');

create table finance_application_steps (
  application_id uuid not null references finance_applications (id),
  version integer not null,
  action text not null,
  from_stage text,
  to_stage text not null,
  movement text,
  amount_fen bigint,
  moved_on date,
  note text,
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  at timestamptz not null,
  primary key (application_id, version),
  constraint finance_application_steps__movement check (movement in ('drawing', 'repayment', 'compensation')),
  constraint finance_application_steps__moved check ((movement is null) = (moved_on is null)),
  constraint finance_application_steps__amount check (amount_fen > 0)
);

-- At the commit the three sums of an application are those of its steps, whoever wrote them.
create function finance_applications_balance() returns trigger language plpgsql as $$
declare
  held finance_applications%rowtype;
  sums record;
begin
  select * into held from finance_applications where id = new.id;
  select coalesce(sum(amount_fen) filter (where movement = 'drawing'), 0) as drawn,
         coalesce(sum(amount_fen) filter (where movement = 'repayment'), 0) as repaid,
         coalesce(sum(amount_fen) filter (where movement = 'compensation'), 0) as compensated
    into sums from finance_application_steps where application_id = new.id;
  if (held.drawn_fen, held.repaid_fen, held.compensated_fen) is distinct from (sums.drawn, sums.repaid, sums.compensated) then
    raise exception 'the amounts of application % are not the sums of its steps', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger finance_applications__balance after insert or update on finance_applications
  deferrable initially deferred for each row execute function finance_applications_balance();
