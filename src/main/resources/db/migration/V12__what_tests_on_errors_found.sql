-- Times are milliseconds since 1970.

-- What tests on errors found; one row for each error and test.
create table error_test (
  occurrence_key varchar(500) not null references occurrence (occurrence_key) on delete cascade,
  test           varchar(80)  not null,
  kind           varchar(20)  not null,
  -- up, down, skipped, found, none, new, known or not-tested; only the last is ever replaced.
  outcome        varchar(20)  not null,
  -- The lines of the finding, as JSON.
  body           text         not null,
  tested_at      bigint       not null,
  -- What became of telling it: owed, planned (message_key says by which message) or suppressed; null when nobody need be told.
  telling        varchar(20),
  message_key    varchar(60),
  primary key (occurrence_key, test)
);
create index error_test_owed on error_test (tested_at) where telling = 'owed';
create index error_test_of_message on error_test (message_key);

-- When a group's room was told last what tests found.
alter table failure_group add column tests_told_at bigint;
-- Since when there has been a kind of error, under whatever code.
create index failure_group_kind on failure_group (product_type, fingerprint);

-- When somebody changed what builds a product's circuits.
create table deployment (
  product_type   varchar(100) not null,
  marked_at      bigint       not null,
  who            varchar(200) not null,
  note           text         not null,
  primary key (product_type, marked_at)
);
