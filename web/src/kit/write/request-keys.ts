/**
 * The Idempotency-Keys of one act. A request that is sent once more with the same content has the key that it had, so
 * that it is done once even where the first answer was lost; with other content it is another request.
 */
export class RequestKeys {
  readonly #act = randomText()
  readonly #sent: string[] = []

  /** The key of a request, by all that tells it apart from the others of this act. */
  keyOf(...content: readonly unknown[]): string {
    const text = JSON.stringify(content)
    if (!this.#sent.includes(text)) this.#sent.push(text)
    return `${this.#act}-${this.#sent.indexOf(text)}`
  }
}

/** Unlike crypto.randomUUID, getRandomValues is there without https, too. */
function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
