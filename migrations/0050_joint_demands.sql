-- Demands of several organisations that want nearly the same, proposed as one challenge.
create table joint_demands (
  id uuid primary key,
  market text not null,
  title text not null,
  state text not null,
  -- The draft that came of it, of the leading member.
  demand_id uuid references listings (id) on delete set null,
  decided_by uuid references users (id),
  decided_at timestamptz,
  -- Until when the members may answer; silence is a no.
  answer_by timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null,
  constraint joint_demands__state check (state in ('proposed', 'inviting', 'opened', 'dropped', 'dismissed')),
  constraint joint_demands__answer_by check ((state in ('proposed', 'dismissed')) = (answer_by is null)),
  constraint joint_demands__ended check ((state in ('proposed', 'inviting')) = (ended_at is null))
);
create index joint_demands__market on joint_demands (market, id desc);
create index joint_demands__inviting on joint_demands (answer_by) where state = 'inviting';

create table joint_demand_members (
  joint_id uuid not null references joint_demands (id) on delete cascade,
  demand_id uuid not null references listings (id) on delete cascade,
  org_id uuid not null references organisations (id),
  -- The upper end of the demand's own budget.
  budget_fen bigint,
  -- Draft of the part in the cost, in basis points.
  share_bp integer not null,
  answer text,
  answered_by uuid references users (id),
  answered_at timestamptz,
  primary key (joint_id, demand_id),
  constraint joint_demand_members__organisation unique (joint_id, org_id),
  -- A demand is proposed once.
  constraint joint_demand_members__demand unique (demand_id),
  constraint joint_demand_members__share check (share_bp between 0 and 10000),
  constraint joint_demand_members__answer check (answer in ('agreed', 'declined')),
  constraint joint_demand_members__answered check ((answer is null) = (answered_at is null))
);
create index joint_demand_members__org on joint_demand_members (org_id, joint_id desc);
