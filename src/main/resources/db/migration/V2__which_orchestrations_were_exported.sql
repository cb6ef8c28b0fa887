-- One row for each orchestration that was exported as a trace, and for each state of its entries that was.
create table exported_orchestration (
  -- Of the exported trace, in hex; it is computed from the TraceLog.
  trace_id         varchar(32)  not null,
  entries_sha256   varchar(64)  not null,
  exported_at      varchar(30)  not null,
  primary key (trace_id, entries_sha256)
);
