import type { ComponentType } from 'react'
import type { Session } from '../api/door.ts'
import type { Language } from '../i18n/language.ts'
import type { FirstQuery } from '../kit/list/first-page.ts'
import type { IconName } from '../kit/parts/icon.tsx'

/**
 * Where the way to a page is: in the bar of a phone and the rail of a desk; in the rail, and on a phone under More;
 * under More everywhere; or in the settings, among what holds for the account or for the person.
 */
export type Place = 'bar' | 'rail' | 'more' | 'account' | 'person'

/** The parts of the address that the path of a page leaves open. */
export type Params = Readonly<Record<string, string>>

interface Entry {
  /** Its address; a part that begins with a colon stands for any. */
  readonly path: string
  /** The name of the way to it, and of the window. */
  readonly title: Readonly<Record<Language, string>>
  /** Nowhere, if only other pages lead to it. */
  readonly place?: Place
  readonly icon?: IconName
  /** Who may see it, if not everybody. */
  readonly role?: 'admin'
}

export interface AppPage extends Entry {
  /** What it asks the server for at first, by the search in its address. */
  readonly first?: (search: string) => readonly FirstQuery[]
  readonly load: () => Promise<ComponentType<{ readonly params: Params }>>
}

/** An address that leads on to another. */
interface Signpost extends Entry {
  readonly to: string
}

export type TableEntry = AppPage | Signpost

interface Found {
  readonly entry: TableEntry
  readonly params: Params
}

/** The parameters of a path, if it is one that the pattern means. */
function match(pattern: string, path: string): Params | undefined {
  const parts = path.split('/')
  const names = pattern.split('/')
  if (parts.length !== names.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    const part = parts[index] ?? ''
    if (name.startsWith(':')) params[name.slice(1)] = part
    else if (name !== part) return undefined
  }
  return params
}

/** The first entry of a table that an address means. */
export function findEntry(table: readonly TableEntry[], path: string): Found | undefined {
  for (const entry of table) {
    const params = match(entry.path, path)
    if (params) return { entry, params }
  }
  return undefined
}

/** Whether somebody may see a page; undefined as long as it is not known who they are. */
export function maySee({ role }: Pick<Entry, 'role'>, session: Session | undefined): boolean | undefined {
  return role === undefined || session?.user.admin
}
