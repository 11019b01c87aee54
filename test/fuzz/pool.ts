import type { Reply } from '../harness.ts'
import { ODD_TEXTS } from './odd.ts'
import type { Random } from './random.ts'

const MOST = 40

/** What answers have shown: ids by collection, tags, cursors. The latest are kept. */
export class Pool {
  readonly #ids = new Map<string, number[]>()
  readonly #tags: string[] = ['"1"']
  readonly #links: string[] = []

  learn(path: string, { json, headers }: Reply): void {
    const collection = collectionOf(path)
    for (const object of Array.isArray(json) ? json.slice(0, 5) : [json])
      if (Number.isInteger(object?.id)) keep(this.#idsOf(collection), object.id)
    if (headers.etag) keep(this.#tags, headers.etag)
    const next = /<([^>]+)>; rel="next"/.exec(String(headers.link))?.[1]
    if (next) keep(this.#links, next)
  }

  /** The id of an object that was seen, mostly; 1 where none was. */
  id(random: Random, path: string): number {
    const seen = this.#idsOf(collectionOf(path))
    return seen.length > 0 && random.chance(0.9) ? random.pick(seen) : random.integer(1, 30)
  }

  tag(random: Random): string {
    return random.pick(this.#tags)
  }

  /** The path and query of a next page that was offered; undefined before the first. */
  link(random: Random): string | undefined {
    return this.#links.length > 0 ? random.pick(this.#links) : undefined
  }

  /** A cursor that was offered, or a text that looks like one. */
  cursor(random: Random): string {
    const cursor = /(?:cursor|after)=([^&]+)/.exec(this.link(random) ?? '')?.[1] ?? 'AAAA'
    if (random.chance(0.5)) return cursor
    const at = random.integer(0, cursor.length)
    return random.pick([
      cursor.slice(0, at),
      `${cursor}A`,
      `${cursor.slice(0, at)}x${cursor.slice(at + 1)}`,
      ...ODD_TEXTS,
    ])
  }

  #idsOf(collection: string): number[] {
    const ids = this.#ids.get(collection) ?? []
    this.#ids.set(collection, ids)
    return ids
  }
}

/** `/api/v2/ext/projects/{id}/history` → `/api/v2/ext/projects` */
const collectionOf = (path: string) => path.split('/').slice(0, 5).join('/').replace(/\?.*/, '')

function keep<T>(values: T[], value: T): void {
  values.push(value)
  if (values.length > MOST) values.shift()
}
