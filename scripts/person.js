// `npm run person -- …`: makes or changes a person from the command line; this is how the first one of a production
// installation comes in. The arguments are those of server/src/person.ts.
import { runWithDatabase } from './lib/tool.js';

await runWithDatabase('server/dist/person.js', process.argv.slice(2));
