-- How long a film or recording plays, as its own headers say. 0: it does not say. Null: nobody has looked yet.
alter table blobs add column seconds double precision check (seconds >= 0);
