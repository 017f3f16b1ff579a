/**
 * zod compiles its checks with `new Function` where it may; our content policy forbids that, and even trying is
 * reported as a violation. This global is where every copy of zod keeps its settings: writing it directly leaves zod
 * itself to the pages that have forms. Schemas decide when they are made, so everything else is loaded after this.
 */
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };
void import('./start.js');

export {};
