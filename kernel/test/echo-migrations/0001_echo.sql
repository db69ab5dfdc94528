create table heard (event_id uuid not null, aggregate text not null, version integer, text text not null, seq bigint generated always as identity);
