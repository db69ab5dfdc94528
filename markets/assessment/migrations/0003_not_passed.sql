-- Who has not passed a problem: looked through when its author lowers the pass mark.
create index problem_states_not_passed on problem_states (problem_id) where passed_at is null;
