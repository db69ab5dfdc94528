-- How long the oldest mail has waited is asked by the console every few seconds; sent ones are many.
create index messages_waiting on messages (created_at) where state = 'queued';
