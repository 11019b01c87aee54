import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** A file of the built app, in the forms in which it can be sent. */
export interface WebFile {
  readonly type: string
  readonly tag: string
  readonly plain: Buffer
  /** Compressed by the build, if that is worth while. */
  readonly brotli: Buffer | undefined
  readonly gzip: Buffer | undefined
}

/** Path under `/app/` → file. */
export type WebFiles = ReadonlyMap<string, WebFile>

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * Reads the whole app at once, so that a later build changes nothing under a running server. undefined if the app is
 * not built.
 */
export async function readWebFiles(folder: string): Promise<WebFiles | undefined> {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => [])
  if (!names.includes('index.html')) return undefined
  const served = names.filter((name) => extname(name) in TYPES)
  const read = async (name: string): Promise<[string, WebFile]> => {
    const plain = await readFile(join(folder, name))
    return [
      name.replaceAll('\\', '/'),
      {
        type: TYPES[extname(name)] ?? '',
        tag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
        plain,
        brotli: names.includes(`${name}.br`) ? await readFile(join(folder, `${name}.br`)) : undefined,
        gzip: names.includes(`${name}.gz`) ? await readFile(join(folder, `${name}.gz`)) : undefined,
      },
    ]
  }
  return new Map(await Promise.all(served.map(read)))
}
