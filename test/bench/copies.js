// Rows of one payment copied many times by SQL, on both sides: what the API would take minutes to make.

/** `table`'s row multiplied by the rows of `batch`; `changes` says, as jsonb, what differs. */
export const copies = (table, changes) => `SELECT copy.* FROM ${table} template, batch,
  LATERAL jsonb_populate_record(template, ${changes}) copy`;

export async function inOneCommit(pool, statements) {
  const client = await pool.connect();
  try {
    for (const statement of ['BEGIN', ...statements, 'COMMIT']) await client.query(statement);
  } finally {
    client.release();
  }
}
