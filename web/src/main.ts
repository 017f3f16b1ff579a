import { config } from 'zod';

/**
 * zod compiles its checks with `new Function` where it may; our content policy forbids that, and even trying is
 * reported as a violation. Schemas decide when they are made, so everything else is loaded after this line.
 */
config({ jitless: true });
void import('./start.js');
