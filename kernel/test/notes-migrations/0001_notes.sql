create table notes (id uuid primary key, author text not null, text text not null, version integer not null default 1);
