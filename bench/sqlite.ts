import { statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Engine } from './engine.ts'
import { startFloor } from './programs.ts'
import { copyOf, fileOf, removeCopy, seed } from './seed.ts'

export const sqlite: Engine = {
  name: 'sqlite',
  take: async (size) => copyOf(await seed(size)),
  drop: async (seed) => removeCopy(seed),
  rest: async () => {},
  async sizeOf(seed) {
    const file = new Sqlite(fileOf(seed))
    const [result] = file.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    file.close()
    if (result?.busy !== 0) throw new Error('the checkpoint was not completed')
    return statSync(fileOf(seed)).size
  },
  startFloor: (seed) => startFloor('bench/floor.mjs', seed),
}
