-- Carries the bundled fact files into the tables. {folder} is the directory of the files.
-- Dates known to the month or year become the interval in which the release appeared.

INSERT INTO releases
SELECT id, NULL, 'bundled', publisher,
       try_cast(rpad(published_on, 10, '-01') AS DATE),
       CASE length(published_on)
            WHEN 10 THEN published_on::DATE
            WHEN 7 THEN last_day((published_on || '-01')::DATE)
            WHEN 4 THEN make_date(published_on::INT, 12, 31) END,
       NULL, url, outlet, 'releases.csv', NULL, NULL, 'figures as published; see the address', reporter,
       NULL, NULL, NULL, 'figures', true, NULL
FROM read_csv('{folder}/releases.csv', header = true, all_varchar = true, auto_detect = false,
    columns = {id: 'VARCHAR', publisher: 'VARCHAR', published_on: 'VARCHAR', url: 'VARCHAR',
               outlet: 'VARCHAR', reporter: 'VARCHAR'});

INSERT INTO releases (id, source, publisher, licence, file_name, kind, bundled)
VALUES ('bundled-facts', 'bundled', 'several; each row names its own', 'facts; see each address',
        'agreements.csv', 'facts', true);

INSERT INTO figures
SELECT f.release, f.n, 'bundled', f.reporter, f.partner, f.direction, f.product, 'text',
       f.period_start, f.period_end, NULL, f.value, f.currency,
       CASE WHEN f.value IS NULL THEN 'growth_only' ELSE 'reported' END,
       f.growth_pct, f.growth_currency, f.precision, f.resolution, f.growth_resolution,
       'unstated', f.product = 'services', f.quantity, f.quantity_unit, NULL,
       f.as_published, f.doubtful, r.published_on, NULL
FROM read_csv('{folder}/flows.csv', header = true, auto_detect = false,
    columns = {release: 'VARCHAR', n: 'BIGINT', reporter: 'VARCHAR', partner: 'VARCHAR',
               direction: 'VARCHAR', product: 'VARCHAR', period_start: 'DATE', period_end: 'DATE',
               value: 'DOUBLE', currency: 'VARCHAR', growth_pct: 'DOUBLE',
               growth_currency: 'VARCHAR', precision: 'VARCHAR', resolution: 'DOUBLE',
               growth_resolution: 'DOUBLE', quantity: 'DOUBLE', quantity_unit: 'VARCHAR',
               as_published: 'VARCHAR', doubtful: 'VARCHAR'}) f
JOIN releases r ON r.id = f.release
ORDER BY f.period_start, f.reporter, f.partner, f.direction, f.product, f.release, f.n;

UPDATE figures SET known_until = later.known_from
FROM (SELECT release, n, lead(known_from) OVER (
          PARTITION BY reporter, partner, direction, product, period_start, period_end, currency,
                       value IS NULL
          ORDER BY known_from, resolution DESC, release) AS known_from
      FROM figures WHERE source = 'bundled' AND known_from IS NOT NULL) later
WHERE figures.release = later.release AND figures.n = later.n AND later.known_from IS NOT NULL;

INSERT INTO agreements
SELECT 'bundled-facts', id, name, string_split(parties, ';'), type, signed, in_force, term_years,
       renewal, string_split(coalesce(renewals, ''), ';'), ended,
       string_split(coalesce(subjects, ''), ';'), string_split(coalesce(aliases, ''), ';'),
       part_of, string_split(coalesce(variants, ''), ';'), note
FROM read_csv('{folder}/agreements.csv', header = true, auto_detect = false,
    columns = {id: 'VARCHAR', name: 'VARCHAR', parties: 'VARCHAR', type: 'VARCHAR',
               signed: 'VARCHAR', in_force: 'VARCHAR', term_years: 'INTEGER', renewal: 'VARCHAR',
               renewals: 'VARCHAR', ended: 'VARCHAR', subjects: 'VARCHAR', aliases: 'VARCHAR',
               part_of: 'VARCHAR', variants: 'VARCHAR', note: 'VARCHAR'});

INSERT INTO agreement_sources
SELECT 'bundled-facts', agreement, n, publisher, published_on, url
FROM read_csv('{folder}/agreement_sources.csv', header = true, auto_detect = false,
    columns = {agreement: 'VARCHAR', n: 'INTEGER', publisher: 'VARCHAR', published_on: 'VARCHAR',
               url: 'VARCHAR'});

INSERT INTO memberships
SELECT 'bundled-facts', id, bloc, member, start, "end", status, role, doubtful, publisher,
       published_on, url
FROM read_csv('{folder}/memberships.csv', header = true, auto_detect = false,
    columns = {id: 'VARCHAR', bloc: 'VARCHAR', member: 'VARCHAR', start: 'VARCHAR',
               'end': 'VARCHAR', status: 'VARCHAR', role: 'VARCHAR', doubtful: 'VARCHAR',
               publisher: 'VARCHAR', published_on: 'VARCHAR', url: 'VARCHAR'});

INSERT INTO events
SELECT 'bundled-facts', id, date, string_split(coalesce(actors, ''), ';'),
       string_split(coalesce(targets, ''), ';'), what, quantity, NULL, NULL, NULL,
       publisher, published_on, url
FROM read_csv('{folder}/events.csv', header = true, auto_detect = false,
    columns = {id: 'VARCHAR', date: 'VARCHAR', actors: 'VARCHAR', targets: 'VARCHAR',
               what: 'VARCHAR', quantity: 'VARCHAR', publisher: 'VARCHAR',
               published_on: 'VARCHAR', url: 'VARCHAR'});

INSERT INTO projects
SELECT 'bundled-facts', id, name, string_split(parties, ';'), type, status, date, value_usd,
       quantity, note, string_split(coalesce(aliases, ''), ';'), publisher, published_on, url
FROM read_csv('{folder}/projects.csv', header = true, auto_detect = false,
    columns = {id: 'VARCHAR', name: 'VARCHAR', parties: 'VARCHAR', type: 'VARCHAR',
               status: 'VARCHAR', date: 'VARCHAR', value_usd: 'DOUBLE', quantity: 'VARCHAR',
               note: 'VARCHAR', aliases: 'VARCHAR', publisher: 'VARCHAR',
               published_on: 'VARCHAR', url: 'VARCHAR'});

INSERT INTO initiatives
SELECT 'bundled-facts', id, name, string_split(coalesce(aliases, ''), ';'), part_of
FROM read_csv('{folder}/initiatives.csv', header = true, auto_detect = false,
    columns = {id: 'VARCHAR', name: 'VARCHAR', aliases: 'VARCHAR', part_of: 'VARCHAR'});

UPDATE releases SET row_count = counted.rows, covers_start = counted.first_day,
                    covers_end = counted.last_day
FROM (SELECT release, count(*) AS rows, min(period_start) AS first_day, max(period_end) AS last_day
      FROM figures WHERE source = 'bundled' GROUP BY release) counted
WHERE releases.id = counted.release;
