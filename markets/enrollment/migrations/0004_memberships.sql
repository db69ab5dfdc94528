-- What this context knows of memberships: copies kept by MembershipChanged.
create table memberships (
  id uuid primary key,
  slug text not null,
  name text not null,
  -- Null: the house.
  seller_id text,
  scope text not null check (scope in ('courses', 'seller', 'catalogue')),
  course_ids uuid[] not null default '{}',
  state text not null check (state in ('published', 'archived')),
  version integer not null,
  updated_at timestamptz not null default now()
);
-- What subscriptions name. A plan that is not offered any more stays.
create table membership_plans (
  id uuid primary key,
  membership_id uuid not null references memberships on delete cascade
);
create index membership_plans_by_membership on membership_plans (membership_id);

-- Who subscribes to a plan, as payments last said. Rows outlive the subscription, and an older word than the one that is
-- here changes nothing, so that an event which comes late cannot open again what has ended.
create table membership_subscriptions (
  subscription_id uuid primary key,
  -- Null once the account is erased.
  user_id uuid,
  -- Perhaps not known here yet: events of different contexts have no order among them.
  plan_id uuid not null,
  entitled boolean not null,
  revision bigint not null,
  updated_at timestamptz not null default now(),
  check (user_id is not null or not entitled)
);
create index membership_subscriptions_by_person on membership_subscriptions (user_id);
create index membership_subscriptions_by_plan on membership_subscriptions (plan_id) where entitled;

alter table enrollments drop constraint enrollments_reason_check;
alter table enrollments add constraint enrollments_reason_check
  check (reason in ('free', 'purchase', 'invitation', 'gift', 'seat', 'membership'));
create index enrollments_by_membership on enrollments (user_id) where reason = 'membership';

-- Which courses are open to whom because of what they subscribe to.
create view membership_cover as
select s.user_id, c.id as course_id, m.id as membership_id, s.subscription_id
from membership_subscriptions s
join membership_plans p on p.id = s.plan_id
join memberships m on m.id = p.membership_id
join courses c on (m.scope = 'catalogue' or (m.scope = 'seller' and c.instructor_id = m.seller_id)
  or (m.scope = 'courses' and c.id = any(m.course_ids)))
where s.entitled;
