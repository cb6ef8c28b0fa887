-- Groups by state, counted and put in order without reading their texts.
create index failure_group_state on failure_group (state, until_at, severity, last_seen, group_id);

-- Groups of one code, and those that say the same of other products.
create index failure_group_code on failure_group (defect_code, last_seen, failures);
create index failure_group_fingerprint on failure_group (fingerprint);
