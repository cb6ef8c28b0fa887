-- The moment by the schedule for which a report was made last; whoever moves it on makes the next one.
create table report_run (
  report_name  varchar(80) not null primary key,
  due_at       bigint      not null
);
