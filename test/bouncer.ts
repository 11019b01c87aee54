import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePostgresUrl } from '../src/db/postgres/location.ts'
import { findOrInstall } from './find-or-install.ts'
import { GuardedProcess } from './guarded-process.ts'

const PORT = 6432
/** Its connections to each database: fewer than those of the servers that share them. */
export const POOL = 3

/** Installed, where it has to be, before the time of a test begins. */
const program = await findOrInstall('pgbouncer')

/** A PgBouncer in transaction mode, at a socket in a folder of its own. */
export class Bouncer {
  readonly #process = new GuardedProcess('pgbouncer', 'TERM')

  private constructor() {}

  /** In front of all databases of the server that a URL names; its limits are those of docs/scaling.md. */
  static async start(url: string): Promise<Bouncer> {
    const { hosts, user, password } = parsePostgresUrl(url)
    const [host] = hosts
    const bouncer = new Bouncer()
    const { folder } = bouncer.#process
    const quoted = (text: unknown) => `'${String(text).replaceAll("'", "''")}'`
    writeFileSync(join(folder, 'users'), '"postgres" ""\n')
    writeFileSync(
      join(folder, 'ini'),
      `[databases]
* = host=${quoted(host?.host)} port=${host?.port} user=${quoted(user)}${password && ` password=${quoted(password)}`}
[pgbouncer]
pool_mode = transaction
default_pool_size = ${POOL}
auth_type = trust
auth_file = ${join(folder, 'users')}
unix_socket_dir = ${folder}
listen_port = ${PORT}
server_login_retry = 1
query_wait_timeout = 5
`,
    )
    bouncer.#process.prepare(`'${program}' '${join(folder, 'ini')}'`)
    await bouncer.start()
    return bouncer
  }

  /** The way to the same database by this one. */
  urlTo(url: string): string {
    const { database, max } = parsePostgresUrl(url)
    return `postgres://postgres@${encodeURIComponent(this.#process.folder)}:${PORT}/${database}?max=${max}`
  }

  start(): Promise<void> {
    return this.#process.start(/process up/)
  }

  /** Ends it at once, with all connections. */
  end(): Promise<void> {
    return this.#process.end('TERM')
  }

  remove(): Promise<void> {
    return this.#process.remove()
  }
}
