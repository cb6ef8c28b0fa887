-- Times are milliseconds since 1970.

-- What is done for a circuit after it was decided: its logs are fetched from MDSO's hosts, its errors are tested.
-- One row for each attempt, by the place of its evidence.
create table follow_up (
  evidence       varchar(300) not null primary key,
  product_type   varchar(100) not null,
  resource_id    varchar(200) not null,
  circuit        text         not null,
  -- W3C traceparent of the span that decided the circuit; may be empty.
  sender         varchar(60)  not null,
  -- owed; complete; given-up
  state          varchar(20)  not null,
  owed_at        bigint       not null,
  due_at         bigint       not null,
  tries          bigint       not null,
  owner          varchar(60),
  owned_until    bigint       not null,
  -- Why it is not complete, for people.
  missing        text         not null,
  ended_at       bigint
);
create index follow_up_due on follow_up (state, due_at);
create index follow_up_of_resource on follow_up (resource_id);
