-- Tables of the record. No keys, sequences or enumerations: the same statements build
-- a local file and a lake that several machines write to.

CREATE TABLE meta (key VARCHAR, value VARCHAR);

-- `content_sha256` is the hash of the rows that a service answered with: the same rows in
-- another wrapping are the same release. `key` stands for the release in `flows`, where every byte counts.
CREATE TABLE releases (
    id VARCHAR, key BIGINT, source VARCHAR, publisher VARCHAR,
    published_from DATE, published_on DATE, retrieved_on DATE,
    url VARCHAR, outlet VARCHAR, file_name VARCHAR, sha256 VARCHAR, content_sha256 VARCHAR, licence VARCHAR, reporter VARCHAR,
    covers_start DATE, covers_end DATE, row_count BIGINT, kind VARCHAR, bundled BOOLEAN,
    loaded_at TIMESTAMP
);

-- Statistical series at any size: lean, sorted by period, reporter, partner, direction, product.
-- Words in braces are vocabularies (see vocabulary.py); in a lake they are plain text.
CREATE TABLE flows (
    release BIGINT,
    reporter {polity}, partner {polity}, direction {direction},
    product {product}, nomenclature {nomenclature},
    period_start DATE, period_end DATE, period_kind {period_kind},
    value DOUBLE, currency {currency}, status {status},
    valuation {valuation}, services BOOLEAN,
    quantity DOUBLE, quantity_unit {quantity_unit}, weight_kg DOUBLE,
    known_from DATE, known_until DATE
);

-- Figures as printed in publications, with their precision, growth rates and doubts.
CREATE TABLE figures (
    release VARCHAR, n BIGINT, source VARCHAR,
    reporter VARCHAR, partner VARCHAR, direction VARCHAR,
    product VARCHAR, nomenclature VARCHAR,
    period_start DATE, period_end DATE, period_kind VARCHAR,
    value DOUBLE, currency VARCHAR, status VARCHAR,
    growth_pct DOUBLE, growth_currency VARCHAR,
    precision VARCHAR, resolution DOUBLE, growth_resolution DOUBLE,
    valuation VARCHAR, services BOOLEAN,
    quantity DOUBLE, quantity_unit VARCHAR, weight_kg DOUBLE,
    as_published VARCHAR, doubtful VARCHAR,
    known_from DATE, known_until DATE
);

CREATE TABLE agreements (
    release VARCHAR, id VARCHAR, name VARCHAR, parties VARCHAR[], type VARCHAR,
    signed VARCHAR, in_force VARCHAR, term_years INTEGER, renewal VARCHAR, renewals VARCHAR[],
    ended VARCHAR, subjects VARCHAR[], aliases VARCHAR[], part_of VARCHAR, variants VARCHAR[],
    note VARCHAR
);

CREATE TABLE agreement_sources (
    release VARCHAR, agreement VARCHAR, n INTEGER, publisher VARCHAR, published_on VARCHAR, url VARCHAR
);

CREATE TABLE memberships (
    release VARCHAR, id VARCHAR, bloc VARCHAR, member VARCHAR, start_on VARCHAR, end_on VARCHAR,
    status VARCHAR, role VARCHAR, doubtful VARCHAR,
    publisher VARCHAR, published_on VARCHAR, url VARCHAR
);

CREATE TABLE events (
    release VARCHAR, id VARCHAR, date VARCHAR, actors VARCHAR[], targets VARCHAR[],
    what VARCHAR, quantity VARCHAR, code VARCHAR, tone DOUBLE, mentions INTEGER,
    publisher VARCHAR, published_on VARCHAR, url VARCHAR
);

CREATE TABLE projects (
    release VARCHAR, id VARCHAR, name VARCHAR, parties VARCHAR[], type VARCHAR, status VARCHAR,
    date VARCHAR, value_usd DOUBLE, quantity VARCHAR, note VARCHAR, aliases VARCHAR[],
    publisher VARCHAR, published_on VARCHAR, url VARCHAR
);

CREATE TABLE initiatives (
    release VARCHAR, id VARCHAR, name VARCHAR, aliases VARCHAR[], part_of VARCHAR
);

CREATE TABLE indicators (
    release VARCHAR, source VARCHAR, polity VARCHAR, indicator VARCHAR,
    period_start DATE, period_end DATE, value DOUBLE, unit VARCHAR, status VARCHAR,
    known_from DATE, known_until DATE
);

CREATE TABLE rates (
    release VARCHAR, source VARCHAR, currency VARCHAR, base VARCHAR,
    period_start DATE, period_end DATE, rate DOUBLE, kind VARCHAR,
    known_from DATE, known_until DATE
);

CREATE TABLE concordances (
    release VARCHAR, source_revision VARCHAR, source_product VARCHAR,
    target_revision VARCHAR, target_product VARCHAR, share DOUBLE
);

CREATE TABLE coverage (
    release VARCHAR, source VARCHAR, reporter VARCHAR, period_start DATE, period_end DATE,
    row_count BIGINT, partners BIGINT, products BIGINT
);

CREATE TABLE panels (release VARCHAR, name VARCHAR, row_count BIGINT, path VARCHAR, columns VARCHAR[]);
