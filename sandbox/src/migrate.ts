/** Brings the database up to date and leaves; starting the gateway does the same by itself. */
import { readConfig } from './config.js';
import { openPool, waitForDatabase } from './platform/database.js';
import { migrate } from './platform/migrations.js';

const pool = openPool(readConfig(process.env).databaseUrl);
try {
  await waitForDatabase(pool);
  await migrate(pool);
} finally {
  await pool.end();
}
