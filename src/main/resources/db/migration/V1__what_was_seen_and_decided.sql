-- One row for each resource that MDSO has ever listed.
create table resource (
  resource_id      varchar(200) not null primary key,
  product_type     varchar(100) not null,
  circuit          varchar(4096) not null,
  orch_state       varchar(20)  not null,
  revision         bigint       not null,
  listed_in_poll   varchar(40)  not null,
  -- The revision that was decided last, and what; null until there is one, or while the state is not terminal.
  decided_revision bigint,
  outcome          varchar(20),
  decided_at       varchar(30)
);

-- One row for each error that was ever found.
create table occurrence (
  occurrence_key   varchar(500) not null primary key,
  resource_id      varchar(200) not null,
  product_type     varchar(100) not null,
  defect_code      varchar(20)  not null,
  first_seen       varchar(30)  not null,
  last_seen        varchar(30)  not null,
  times_seen       bigint       not null,
  alerted_at       varchar(30)
);
create index occurrence_of_resource on occurrence (resource_id);

-- What could not be finished, with the reason; a resource leaves when a later poll decides it.
create table dead_letter (
  letter_key       varchar(600) not null primary key,
  kind             varchar(20)  not null,
  reason           varchar(40)  not null,
  explanation      text         not null,
  body             text         not null,
  last_at          varchar(30)  not null,
  times            bigint       not null
);
