-- Times are milliseconds since 1970.

-- When a poll listed it last; null for those that none has listed since this column was added.
alter table resource add column listed_at bigint;

-- How far back the ledger was purged: what happened before may have been known, and is not told anew.
create table horizon (
  part           varchar(20)  not null primary key,
  before_at      bigint       not null
);

-- Circuits that were removed by name, as hashes: of each resource the last revision that was decided.
create table forgotten (
  resource_sha256  varchar(64)  not null primary key,
  circuit_id       varchar(40)  not null,
  decided_revision bigint       not null,
  forgotten_at     bigint       not null
);
create index forgotten_circuit on forgotten (circuit_id);

-- A circuit's name may be longer than an entry of an index may be.
create index resource_of_circuit on resource (substr(circuit, 1, 100));
-- Whether a group still fails, however often it has.
create index occurrence_open on occurrence (group_id) where over_at is null;
-- What is owed, since when, and what became of the errors of a day, however many there were before.
create index occurrence_alert on occurrence (alert, owed_at);
drop index occurrence_owed;
