-- A snapshot is kept in parts, so that a big one is written between the appends of all others, and without what people
-- wrote, which is in the log: a restart reads the texts among the events from `texts_from_seq` on, too.
-- What was kept before is made anew from the log.
drop table snapshots;

-- One row a company, once all its parts are there.
create table snapshots (
    company_id text not null primary key references companies (company_id),
    seq bigint not null check (seq > 0),
    at_ms bigint not null,
    texts_from_seq bigint not null,
    parts bigint not null check (parts > 0)
);

create table snapshot_parts (
    company_id text not null references companies (company_id),
    seq bigint not null check (seq > 0),
    part bigint not null check (part > 0),
    data text not null,
    primary key (company_id, seq, part)
);
