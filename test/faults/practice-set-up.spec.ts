import { expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { createDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/processes.js';
import { useProduct } from '../support/product.js';

const product = useProduct();

// A sequence remembers what its transaction does not.
const REFUSE = `
  CREATE SEQUENCE refusals;
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM nextval('refusals'); RAISE 'not now'; END $$;
  CREATE TRIGGER refuse BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION refuse()`;

it('a practising server that cannot set itself up at first does so as soon as it can', async () => {
  const here = await product();
  const database = await createDatabase('server');
  const db = new Pool({ connectionString: database.url });
  await db.query(REFUSE);
  const replica = here.server.sibling(await freePort(), { DATABASE_URL: database.url });
  const starting = replica.start({ seconds: 60 });
  await eventually(async () => (await db.query('SELECT is_called FROM refusals')).rows[0].is_called, {
    seconds: 50,
    what: 'a set-up that fails',
  });
  await db.query('DROP TRIGGER refuse ON people');
  await starting;
  const { rows } = await db.query('SELECT count(*)::int AS people FROM people');
  await replica.stop();
  await db.end();
  await database.drop();
  expect(rows).toEqual([{ people: 5 }]);
}, 120_000);
