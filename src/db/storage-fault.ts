/** What keeps a database from its work, whatever the engine calls it. */
export type StorageFault =
  | 'busy'
  | 'full'
  | 'readOnly'
  | 'missing'
  | 'damaged'
  | 'failed'
  // Those of a database server:
  | 'unreachable'
  | 'crowded'
  | 'standby'
  | 'denied'
  | 'absent'
  | 'forbidden'
  | 'tooOld'
  | 'encoding'

/** A fault in the words of this program: one that the operating system or a database server reports. */
export class StorageError extends Error {
  readonly fault: StorageFault

  constructor(fault: StorageFault, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.fault = fault
  }
}

/** For the operator: what is wrong with the database, and what to do about it. */
export const storageAdvice: Readonly<Record<StorageFault, { reason: string; advice: string }>> = {
  busy: { reason: 'another program holds it', advice: 'Wait until that is done, or end it.' },
  full: {
    reason: 'its disk is full',
    advice: 'Make room there, or raise the quota or the limit on the size of files.',
  },
  readOnly: {
    reason: 'it may not be written',
    advice: 'Give the user of this process the right to write the file and its folder, on a writable disk.',
  },
  missing: {
    reason: 'its file or folder is not there',
    advice: 'Put it back as it was, or restart the server to go on with what is there now.',
  },
  damaged: {
    reason: 'it is damaged, or not a database',
    advice: 'Check DATABASE_URL, or restore a backup.',
  },
  failed: {
    reason: 'its disk or the system refuses to work on it',
    advice:
      'Check DATABASE_URL, the folder and its rights, the disk, quotas, and the limits of this process.',
  },
  unreachable: {
    reason: 'its server cannot be reached',
    advice: 'Check the host and the port in DATABASE_URL, and whether PostgreSQL runs there.',
  },
  crowded: {
    reason: 'its server has no connection left for this program',
    advice:
      'Raise max_connections of PostgreSQL, or give this server fewer with ?max= in DATABASE_URL; a pooler such as PgBouncer shares them.',
  },
  standby: {
    reason: 'it is a standby, or read-only',
    advice:
      'Name the server that can be written in DATABASE_URL, or all of them, as in postgres://USER@ONE,TWO/NAME.',
  },
  denied: {
    reason: 'its server refuses this user',
    advice: 'Check the user and the password in DATABASE_URL, and pg_hba.conf of PostgreSQL.',
  },
  absent: {
    reason: 'there is no database of this name',
    advice: 'Check the name in DATABASE_URL, or make it: createdb --encoding=UTF8 --template=template0 NAME.',
  },
  forbidden: {
    reason: 'this user may not do that there',
    advice: 'Let the user own the database: alter database NAME owner to USER.',
  },
  tooOld: {
    reason: 'its server is too old',
    advice: 'TimeTrack needs PostgreSQL 14 or newer.',
  },
  encoding: {
    reason: 'it cannot hold every character',
    advice: 'Make one in UTF-8: createdb --encoding=UTF8 --template=template0 NAME.',
  },
}
