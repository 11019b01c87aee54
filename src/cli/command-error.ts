/** A command cannot do what it was asked to do; the message says why, and what to do about it. */
export class CommandError extends Error {
  /** Whether the command was called wrongly, rather than failing in its work. */
  readonly usage: boolean

  constructor(message: string, usage = false) {
    super(message)
    this.usage = usage
  }
}
