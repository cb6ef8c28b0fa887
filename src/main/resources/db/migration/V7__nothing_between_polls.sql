-- The groups that failed last, however many there are.
create index failure_group_seen on failure_group (last_seen, group_id);

-- Until when every change of a product's resources has been looked at: its last poll that read everything, and whose
-- window joined on to what had been looked at before, began then. Null until there was one.
alter table poll_end add column covered_until bigint;
update poll_end set covered_until = complete_at where complete_at is not null;
