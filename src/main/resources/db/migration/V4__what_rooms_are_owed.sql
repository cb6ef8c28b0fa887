-- Times in these columns are milliseconds since 1970, so that both databases compare them alike.

-- One row for each kind of failure: environment, product, defect code and fingerprint.
create table failure_group (
  group_id      varchar(40)  not null primary key,
  environment   text         not null,
  product_type  varchar(100) not null,
  defect_code   varchar(20)  not null,
  fingerprint   varchar(40)  not null,
  title         text         not null,
  severity      varchar(20)  not null,
  example       text         not null,
  state         varchar(20)  not null,
  state_since   bigint       not null,
  owner         text         not null,
  note          text         not null,
  until_at      bigint,
  resolved_at   bigint,
  first_seen    bigint       not null,
  last_seen     bigint       not null,
  failures      bigint       not null,
  circuits      bigint       not null,
  room_id       varchar(200) not null,
  -- When its room is to be told next; null when there is nothing to tell.
  due_at        bigint,
  -- The message that the thread hangs from, and when anything was told last.
  thread_key    varchar(60),
  thread_at     bigint,
  told_at       bigint
);
create index failure_group_due on failure_group (due_at);

-- What became of telling each error: owed, planned, told, suppressed, dead or dropped; null for those of older versions.
alter table occurrence add column alert varchar(20);
alter table occurrence add column alert_reason varchar(40);
-- Until it is told: all that is needed to tell it.
alter table occurrence add column alert_body text;
alter table occurrence add column group_id varchar(40);
alter table occurrence add column circuit_id varchar(40);
alter table occurrence add column message_key varchar(60);
alter table occurrence add column owed_at bigint;
-- On the orchestrator's clock.
alter table occurrence add column started_at bigint;
-- W3C traceparent of the span that found it.
alter table occurrence add column sender varchar(60);
-- When the circuit succeeded, or somebody said that it is over.
alter table occurrence add column over_at bigint;
create index occurrence_of_group on occurrence (group_id, alert, owed_at);
create index occurrence_of_circuit on occurrence (circuit_id, group_id);
create index occurrence_of_message on occurrence (message_key);

-- Messages on their way to rooms, and those that were sent.
create table outbox (
  message_key   varchar(60)  not null primary key,
  room_id       varchar(200) not null,
  group_id      varchar(40),
  kind          varchar(20)  not null,
  parent_key    varchar(60),
  body          text         not null,
  alerts        bigint       not null,
  sender        varchar(60)  not null,
  -- waiting, sent, dead or dropped
  state         varchar(20)  not null,
  planned_at    bigint       not null,
  place         bigint       not null,
  not_before    bigint       not null,
  attempts      bigint       not null,
  owner         varchar(60),
  owned_until   bigint       not null,
  sent_at       bigint,
  webex_id      text,
  tracking_id   text,
  reason        varchar(40),
  explanation   text
);
create index outbox_of_room on outbox (state, room_id, planned_at, place);
create index outbox_sent on outbox (room_id, sent_at);
