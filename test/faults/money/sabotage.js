// The defences of the product, each taken away in a copy of the built server: a harness that finds nothing wrong then
// finds nothing at all.

const OPERATIONS = 'server/dist/transactions/operations.service.js';
const RESOLVING = 'server/dist/transactions/resolving.service.js';
const RULES = 'server/dist/transactions/operation.rules.js';

export const SABOTAGES = {
  /** One live operation per money object: neither PostgreSQL nor the code looks. */
  index: {
    sql: ['DROP INDEX transactions_live_operation_key'],
    patches: [{ file: OPERATIONS, find: 'requireFree(locked.operations);', put: '' }],
  },
  /** The claim is the intent: one whose lease is over counts as never sent, and is sent again. */
  lease: {
    sql: [],
    patches: [
      {
        file: RESOLVING,
        find: 'const operation = await this.operations.lose(known);',
        put: "if (known.state === 'started') return void (await this.operations.sending.send(known));\nconst operation = known;",
      },
    ],
  },
  /** Evidence always gets in: an answer that did not come counts as a refusal. */
  settle: {
    sql: [],
    patches: [
      {
        file: RULES,
        find: "if (answer.kind === 'unknown') return {\n        state: 'unknown',",
        put: "if (answer.kind === 'unknown') return {\n        state: 'rejected',",
      },
    ],
  },
  /** What an unknown outcome may do: everything is sent again until an answer comes, and nobody looks before. */
  resend: {
    sql: [],
    patches: [
      {
        file: RULES,
        find: 'const rule = RESOLUTION[operation.kind];',
        put: "const rule = RESOLUTION[operation.kind];\n    if (operation.state === 'unknown') return true;",
      },
      {
        file: RESOLVING,
        find: "const asked = operation.sessionId ? await this.ask(operation.sessionId, 'probe') : 'no_answer';",
        put: "const asked = 'answered';",
      },
    ],
  },
};
