import 'reflect-metadata';
import { migrate } from './platform/database.js';
import { schemaOptions } from './schema.js';

const url = process.env.DATABASE_URL;
if (!url) {
  process.stderr.write('DATABASE_URL is missing: it names the PostgreSQL database to bring up to date.\n');
  process.exit(2);
}
const done = await migrate(schemaOptions(url));
process.stdout.write(done.length > 0 ? `Migrated: ${done.join(', ')}\n` : 'The database is up to date.\n');
