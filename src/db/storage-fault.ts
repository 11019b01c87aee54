/** What keeps a database from its work, whatever the engine calls it. */
export type StorageFault = 'busy' | 'full' | 'readOnly' | 'missing' | 'damaged' | 'failed'

/** A fault that the operating system tells, not the engine. */
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
}
