// `npm run migrate`: brings the database of the settings up to date without starting the product.
import { runWithDatabase } from './lib/tool.js';

await runWithDatabase('server/dist/migrate.js', []);
