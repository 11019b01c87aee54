/** A command that cannot do what it was asked; the message says why and what to do. */
export class CommandError extends Error {
  /** Whether the words of the call were wrong, and not the work. */
  readonly usage: boolean

  constructor(message: string, usage = false) {
    super(message)
    this.usage = usage
  }
}
