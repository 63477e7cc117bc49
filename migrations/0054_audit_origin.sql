-- Which request left the entry, and from which network (an IPv4 /24 or an IPv6 /48, never a whole address, because an entry cannot
-- be erased); only of the organisation's own people. Absent in entries of jobs and of programs before this one, and then not hashed.
alter table audit_entries add column request_id text, add column network text;
