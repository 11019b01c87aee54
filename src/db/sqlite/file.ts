import { accessSync, closeSync, constants, fstatSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { storageFault } from '../sql.ts'
import { StorageError, type StorageFault } from '../storage-fault.ts'

/** The file of a database as the operating system has it. What is wrong with it is thrown as a StorageError. */
export class DatabaseFile {
  readonly path: string
  /** The same for all names of the file. */
  readonly identity: string

  /** Creates the file and its folder where they are missing, readable by their owner alone. */
  constructor(path: string) {
    this.path = path
    this.identity = told(() => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const handle = openSync(path, 'a', 0o600)
      try {
        return identityOf(fstatSync(handle))
      } finally {
        closeSync(handle)
      }
    })
  }

  /** Throws where the path leads elsewhere now: what is written to the open file would be lost. */
  check(): void {
    if (told(() => identityOf(statSync(this.path))) !== this.identity)
      throw new StorageError('missing', `another file has taken the place of ${this.path}`)
  }

  /** For the engine a read-only file system is one failure among others; the system says which it is. */
  explain(error: unknown): unknown {
    if (storageFault(error) !== 'failed') return error
    try {
      told(() => accessSync(this.path, constants.W_OK))
      return error
    } catch (reason) {
      return reason
    }
  }
}

const identityOf = ({ dev, ino }: { dev: number; ino: number }) => `${dev} ${ino}`

const faults: Readonly<Record<string, StorageFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readOnly',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  ENOENT: 'missing',
}

function told<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new StorageError(faults[code] ?? 'failed', error)
  }
}
