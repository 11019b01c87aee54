import { type RawBuilder, sql } from 'kysely'

/** Part of a migration: it takes another one to change it. */
const ID_BLOCK = sql.lit(4_096)

/** The projects of an account with the index of clients: all blocks that there are, since SQLite skips none by itself. */
export const projectsByClient = (account: number): RawBuilder<unknown> =>
  sql`projects indexed by projects_client where account_id = ${account} and id / ${ID_BLOCK} in (
    with recursive blocks (number) as (
      select 0
      union all
      select number + 1 from blocks
        where number < (select max(id) / ${ID_BLOCK} from projects where account_id = ${account})
    ) select number from blocks)`
