-- Times are milliseconds since 1970.

-- How the last poll of each product ended, and since when it is known that there should have been another.
create table poll_end (
  product_type   varchar(100) not null primary key,
  poll_id        varchar(40)  not null,
  ended_at       bigint       not null,
  figures        text         not null,
  -- Of the last that was complete; null until there was one.
  complete_at    bigint,
  late_since     bigint,
  -- The message that told its room.
  notice_key     varchar(60)
);

-- Which poll of a product may list and decide, so that two processes do not do the same work.
create table poll_lease (
  product_type   varchar(100) not null primary key,
  poll_id        varchar(40)  not null,
  until_at       bigint       not null
);

-- What gauges and the doctor ask for, however much the ledger has seen.
create index resource_undecided on resource (listed_in_poll) where outcome is null;
create index occurrence_untold on occurrence (occurrence_key) where alert is null;
create index occurrence_owed on occurrence (owed_at) where alert in ('owed', 'planned');
