-- Kinds of errors for which people want no rule. Times are milliseconds since 1970.
create table rejected_proposal (
  proposal_id    varchar(16)  not null primary key,
  who            text         not null,
  reason         text         not null,
  rejected_at    bigint       not null
);
