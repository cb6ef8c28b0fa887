-- The groups that failed last, however many there are.
create index failure_group_seen on failure_group (last_seen, group_id);

-- Until when every change of a product's resources has been looked at: its last poll that read everything, and whose
-- window joined on to what had been looked at before, began then. Null until there was one.
alter table poll_end add column covered_until bigint;
update poll_end set covered_until = complete_at where complete_at is not null;

-- Why nothing can be said about a circuit: the reason of its last decision.
alter table resource add column why varchar(400);

-- Circuits that could not be examined, of which rooms were told.
create table blind_spot (
  resource_id    varchar(200) not null primary key,
  product_type   varchar(100) not null,
  since          bigint       not null,
  -- The message that told its room.
  notice_key     varchar(60)  not null,
  -- When it could be examined again; null while it cannot.
  over_at        bigint
);
create index blind_spot_of_product on blind_spot (product_type);
