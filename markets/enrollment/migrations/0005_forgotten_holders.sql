-- A certificate outlives its holder's account as a code, a course and a day: whoever holds the paper can still have it
-- verified, and nothing here says who that is.
alter table certificates alter column user_id drop not null;
alter table certificates alter column enrollment_id drop not null;
alter table certificates add constraint certificates_forgotten_check
  check ((user_id is null) = (enrollment_id is null) and (user_id is not null or holder_name = ''));
