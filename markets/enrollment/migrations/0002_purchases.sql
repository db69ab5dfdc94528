-- What people bought or were given: a row for each line of an order, gift or seat. Rows outlive what they stand for, so
-- that an event which comes late cannot open again what was taken back.
create table entitlements (
  -- The line of the order, the gift or the seat.
  key uuid primary key,
  line_id uuid not null,
  order_id uuid not null,
  -- Null when only its end became known. Personal data, erased by UserDeleted.
  user_id uuid,
  course_id uuid references courses (id),
  reason text check (reason in ('purchase', 'gift', 'seat')),
  granted_at timestamptz,
  revoked_at timestamptz,
  check (revoked_at is not null or (user_id is not null and course_id is not null and reason is not null and granted_at is not null))
);
create index entitlements_by_person on entitlements (user_id, course_id) where revoked_at is null;
create index entitlements_by_line on entitlements (line_id);

-- Access can now also be taken back, and be given for a seat.
alter table enrollments drop constraint enrollments_state_check;
alter table enrollments add constraint enrollments_state_check check (state in ('active', 'left', 'revoked'));
alter table enrollments drop constraint enrollments_reason_check;
alter table enrollments add constraint enrollments_reason_check
  check (reason in ('free', 'purchase', 'invitation', 'gift', 'seat'));
alter table enrollments drop constraint enrollments_check1;
alter table enrollments add constraint enrollments_left_check check ((state = 'active') = (left_at is null));
