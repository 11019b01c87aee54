/** A page of docs/, with a folder beside it. */
export interface Page {
  readonly name: string
  readonly title: string
  readonly command: string
  readonly howTo: string
}

const ON_SQLITE = `## Run it again

\`\`\`sh
npm run bench                      # all of this, three quarters of an hour; the first time it seeds and installs the peers
npm run bench -- --against main    # the working tree beside an earlier commit, ten minutes
npm run bench:mixed -- --minutes 5 # the mixed load alone
BENCH_SECONDS=1 npm run bench -- --minutes 1  # a short form, to see that it works
\`\`\`

It needs wrk. Seeds are kept in \`bench/.cache\`, which may be deleted.

## How to read it

- **Ratios, not figures.** Every ratio comes from rounds side by side in this run; figures of another day or machine
  mean nothing beside these. A difference within the spread is a tie.
- **The floor** is \`bench/floor.mjs\`: node:http and SQLite with no authentication, no checks, no audit, one prepared
  statement and \`JSON.stringify\`. What the server does beyond that has to be paid for. Where it is ahead of the floor
  it does something in another way: it keeps projects as the text that is sent, shares fsyncs, answers together what
  arrives together, and has an index for searching; none of which the floor does.
- **64 callers on the same machine.** wrk takes a core. Latencies are those of a server under full load, mostly waiting;
  a lone caller sees much less. On two cores, two processes compete with wrk.
- **Writes** end on the disk of the machine: a disk with slow fsyncs helps the one that shares them, a fast one hurts it.
  json-server acknowledges before anything is on disk, and has no authentication and no search for part of a text.
- **Peers** run with their defaults, in their own dialect, with a JWT (feathers) or an API token (strapi). They do other
  things than this server, and more; the comparison is of what an integrator waits for. They count all matches for
  every page, since that is how they are set up; the server counts only where it is asked.
- **Creates come last** and make the account larger: by up to some ten thousand projects, also at 1,000.
- **Not in the tables:** a needle of which all parts are common but which stands nowhere is a scan of the account; see
  [ADR 10](adr/0010-search-index.md).`

const ON_POSTGRES = `## Run it again

\`\`\`sh
npm run bench -- --postgres                   # all of this, about twenty minutes; the first time it seeds
BENCH_SECONDS=1 npm run bench -- --postgres   # a short form, to see that it works
\`\`\`

It needs wrk, and a PostgreSQL as the tests do: Debian's package, or the one that npm installs. Seeds are kept in
\`bench/.cache\`, which may be deleted. [How to read it](performance.md#how-to-read-it) holds here too, and:

- **The server of databases** runs on the same machine, on the disk of the checkout, with its default settings (fsync
  on) but for shared_buffers = 256 MB. The rows are those of the seeds of SQLite, brought over by \`timetrack copy\`,
  then vacuumed and analyzed. Before each measure there is a checkpoint, and no autovacuum at work.
- **The floor** is \`bench/floor-postgres.mjs\`: node:http and postgres.js with as many connections as the server, and
  the server's own statements for reads from the same table. Its creates and updates are one statement each, without
  the audit. They commit one by one, and creates of one account wait for each other, since ids have no gaps.
- **Memory** is that of the Node process alone.
- **Two processes** share two cores with PostgreSQL and wrk: what one more process can add there is little.`

export const onSqlite: Page = {
  name: 'performance',
  title: 'Performance',
  command: 'npm run bench',
  howTo: ON_SQLITE,
}

export const onPostgres: Page = {
  name: 'performance-postgres',
  title: 'Performance on PostgreSQL',
  command: 'npm run bench -- --postgres',
  howTo: ON_POSTGRES,
}
