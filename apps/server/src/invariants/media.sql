-- 8: what readers are given is complete.
select 'complete_without_content' as broken, a.id::text as subject
from assets a
where a.completed_at is not null and not exists (select 1 from blobs b where b.name = a.blob);

-- Content is stored once.
select 'content_stored_twice' as broken, min(b.name) as subject
from blobs b group by b.sha256 having count(*) > 1;
