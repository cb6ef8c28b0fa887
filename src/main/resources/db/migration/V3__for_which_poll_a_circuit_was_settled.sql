-- The poll that a circuit was last settled for, and how, dead letters included: what a poll counts whose circuits are
-- worked on by other processes.
alter table resource add column settled_in_poll varchar(40);
alter table resource add column settled_as varchar(20);
create index resource_settled_in_poll on resource (settled_in_poll, settled_as);
