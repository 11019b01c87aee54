/** Where a database is, as the settings tell. */
export type Location = { readonly file: string } | { readonly postgres: PostgresLocation }

export interface PostgresLocation {
  /** Tried in their order until one can be written. A host that begins with a slash is the folder of a socket. */
  readonly hosts: readonly { readonly host: string; readonly port: number }[]
  readonly database: string
  readonly user: string
  readonly password: string
  readonly sslmode: 'disable' | 'prefer' | 'require' | 'verify-full'
  /** The most connections of this process. */
  readonly max: number
}
