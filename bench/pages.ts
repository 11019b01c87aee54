/** A page of docs/, with a folder of the same name. */
export interface Page {
  readonly name: string
  readonly title: string
  readonly command: string
  readonly howTo: string
}

const ON_SQLITE = `## Run it again

\`\`\`sh
npm run bench                        # all of it, half an hour; the first time it seeds and installs the peers
npm run bench -- --only size,beside  # parts: floor, scaling, paging, mixed, beside, size
npm run bench -- --small             # small sizes, to see in minutes that it works
npm run bench -- --against main      # the working tree compared with an earlier commit, ten minutes
\`\`\`

It needs wrk. Seeds and peers are kept in \`bench/.cache\`, which may be deleted.

## How to read it

- **Ratios, not figures.** Every ratio comes from rounds side by side in this run; do not compare figures of different
  days or machines. A difference within the spread is a tie.
- **The floor** is \`bench/floor.mjs\`: node:http and SQLite with no authentication, no checks, no audit, one prepared
  statement and \`JSON.stringify\`. Whatever the server does beyond that costs time. Where it is ahead of the floor, it
  works differently: it stores projects as the text that is sent, shares fsyncs, answers requests that arrive together
  in one go, and searches by an index.
- **64 callers on the same machine.** wrk takes a core. Latencies are those of a server under full load, and mostly
  waiting; a lone caller sees much less. On two cores, two processes compete with wrk.
- **Writes** go to the disk of the machine. Slow fsyncs favour a program that shares them, fast ones do the opposite.
  json-server acknowledges before anything is on disk, has no authentication, and cannot search for part of a text.
- **Peers** run with their defaults, with requests in their own format, and a JWT (feathers) or an API token (strapi).
  They do different things, and more; the comparison is of what an integrator waits for. By default they
  count all matches for every page; the server counts only when asked.
- **Creates come last** and make the account larger: by up to some ten thousand projects, also at 1,000.
- **Not in the tables:** a search for parts that are all common but never occur together scans the account; see
  [ADR 10](adr/0010-search-index.md).`

const ON_POSTGRES = `## Run it again

\`\`\`sh
npm run bench -- --postgres                        # all of it, twenty minutes; the first time it seeds
npm run bench -- --postgres --only size,beside     # parts: floor, scaling, paging, beside, size
npm run bench -- --postgres --small                # small sizes, to see in minutes that it works
\`\`\`

It needs wrk, and PostgreSQL as the tests do: Debian's package, or the one that npm installs. Seeds are kept in
\`bench/.cache\`, which may be deleted. [How to read it](performance.md#how-to-read-it) applies here too, and:

- **PostgreSQL** runs on the same machine, on the disk of the checkout, with its default settings (fsync on) except
  shared_buffers = 256 MB. Its rows are those of SQLite's seeds, copied by \`timetrack copy\`, then vacuumed and analyzed.
  Each measure begins after a checkpoint, with no autovacuum running.
- **The floor** is \`bench/floor-postgres.mjs\`: node:http and postgres.js with as many connections as the server, and
  the server's own statements for reads from the same table. A create or update is one statement, without the audit.
  They commit one by one, and creates in one account wait for each other, since ids have no gaps.
- **Memory** is that of the Node process alone.
- **Two processes** share two cores with PostgreSQL and wrk, so a second one can add little.`

export const pages: Readonly<Record<'sqlite' | 'postgres', Page>> = {
  sqlite: {
    name: 'performance',
    title: 'Performance',
    command: 'npm run bench',
    howTo: ON_SQLITE,
  },
  postgres: {
    name: 'performance-postgres',
    title: 'Performance on PostgreSQL',
    command: 'npm run bench -- --postgres',
    howTo: ON_POSTGRES,
  },
}
