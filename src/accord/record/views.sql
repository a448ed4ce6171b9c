-- What a stranger reads. Every view has its columns described in docs/reference/record.md.

CREATE VIEW trade_vintages AS
SELECT f.reporter::VARCHAR AS reporter, f.partner::VARCHAR AS partner,
       f.direction::VARCHAR AS direction, f.product::VARCHAR AS product,
       f.nomenclature::VARCHAR AS nomenclature, f.period_start, f.period_end,
       f.period_kind::VARCHAR AS period_kind, f.value, f.currency::VARCHAR AS currency,
       f.status::VARCHAR AS status, NULL::DOUBLE AS growth_pct, NULL::VARCHAR AS growth_currency,
       'exact' AS precision, f.valuation::VARCHAR AS valuation, r.source, r.publisher,
       r.published_on, r.url, f.known_from, f.known_until, NULL::VARCHAR AS doubtful,
       r.id AS release, NULL::BIGINT AS n
FROM flows f JOIN releases r ON r.key = f.release
UNION ALL
SELECT f.reporter, f.partner, f.direction, f.product, f.nomenclature, f.period_start, f.period_end,
       f.period_kind, f.value, f.currency, f.status, f.growth_pct, f.growth_currency, f.precision,
       f.valuation, f.source, r.publisher, r.published_on, r.url, f.known_from, f.known_until,
       f.doubtful, f.release, f.n
FROM figures f JOIN releases r ON r.id = f.release;

CREATE VIEW trade AS
SELECT * EXCLUDE (known_from, known_until, doubtful) FROM trade_vintages
WHERE known_until IS NULL AND doubtful IS NULL;

CREATE VIEW treaties AS
SELECT id, name, parties, type, signed, in_force, term_years, renewal, ended, subjects, note
FROM agreements;

CREATE VIEW members AS
SELECT bloc, member, start_on, end_on, status, role, publisher, url FROM memberships;

CREATE VIEW release_list AS
SELECT id, source, publisher, published_on, retrieved_on, url, licence, covers_start, covers_end,
       row_count, kind, bundled FROM releases;
