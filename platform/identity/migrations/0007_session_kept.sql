-- The session that was spared when the sessions of a person were last ended: the one they changed their password in. What
-- it had begun by then may be written all the same.
alter table users add column session_kept text;
