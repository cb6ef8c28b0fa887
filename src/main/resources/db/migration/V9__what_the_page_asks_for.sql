-- Times are milliseconds since 1970.

-- Failures by the hour, of all groups and of one.
create index occurrence_found on occurrence (owed_at, group_id);
create index occurrence_found_of_group on occurrence (group_id, owed_at);

-- By which devices a circuit is found.
create table device (
  tid            varchar(100) not null,
  resource_id    varchar(200) not null references resource (resource_id) on delete cascade,
  primary key (tid, resource_id)
);
create index device_of_resource on device (resource_id);

-- Messages by state, the newest first.
create index outbox_planned on outbox (state, planned_at, place);

-- Every change that somebody made by the page or the API.
create table audit (
  changed_at     bigint       not null,
  place          bigint       not null,
  who            varchar(200) not null,
  verb           varchar(40)  not null,
  what           varchar(700) not null,
  note           text         not null,
  primary key (changed_at, place)
);
