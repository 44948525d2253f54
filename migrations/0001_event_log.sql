-- The facts of each company, and the newest state that was folded from them.
-- One text for SQLite and PostgreSQL. A statement ends with a semicolon at the end of a line.

create table companies (
    company_id text not null primary key,
    created_at_ms bigint not null
);

-- Never updated, never deleted. `data` is JSON, whose meaning per `type` never changes.
create table events (
    company_id text not null references companies (company_id),
    seq bigint not null check (seq > 0),
    at_ms bigint not null,
    type text not null,
    actor text not null,
    command_id text not null,
    data text not null,
    primary key (company_id, seq)
);

-- One row a company: a restart reads it and the events after `seq`.
create table snapshots (
    company_id text not null primary key references companies (company_id),
    seq bigint not null check (seq > 0),
    at_ms bigint not null,
    data text not null
);

-- Values of the whole installation, such as the key that signs resume tokens.
create table key_values (
    name text not null primary key,
    value text not null
);
