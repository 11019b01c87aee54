import type { Location } from '../src/db/location.ts'
import { ask } from './engine.ts'

/** Where the parts of the tables are; a part of t is called t_0, t_1 and so on. */
export const PARTS = 'parts'

/**
 * The tables are found by their column; that of the accounts themselves, whose primary key it is, stays whole. Keys and
 * indexes are made anew from what the catalogue says of them.
 */
const DIVIDE = `do $$
declare
  divided text[] := array(
    select relname from pg_class join pg_attribute on attrelid = pg_class.oid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attname = 'account_id' and not exists (
      select from pg_constraint where conrelid = pg_class.oid and contype = 'p' and conkey = array[attnum]
    )
  );
  constraints text[] := array(
    select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where conrelid::regclass::text = any(divided) and contype in ('p', 'u', 'c', 'f')
    order by contype = 'f'
  );
  indexes text[] := array(
    select pg_get_indexdef(indexrelid) from pg_index
    where indrelid::regclass::text = any(divided)
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
  );
  name text;
  definition text;
begin
  create schema ${PARTS};
  foreach name in array divided loop
    execute format('alter table %I rename to %I', name, name || '_whole');
    execute format('create table %I (like %I including defaults) partition by hash (account_id)', name, name || '_whole');
    for part in 0..3 loop
      execute format('create table ${PARTS}.%I partition of %I for values with (modulus 4, remainder %s)',
        name || '_' || part, name, part);
    end loop;
    execute format('insert into %I select * from %I', name, name || '_whole');
  end loop;
  foreach name in array divided loop
    execute format('drop table %I cascade', name || '_whole');
  end loop;
  foreach definition in array constraints || indexes loop
    execute definition;
  end loop;
end $$`

/**
 * Divides every table of an account's rows by hash of the account, as a distributed database does. PostgreSQL then
 * refuses a primary key or a unique index without the account.
 */
export async function divide(location: Location): Promise<void> {
  await ask(location, DIVIDE)
}
