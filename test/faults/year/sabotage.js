// Defences of the product, and of the gateway, each taken away: a year that finds nothing wrong then finds nothing at all.

export const SABOTAGES = {
  /** What a period owes is no wall any more: neither PostgreSQL nor the code sees what is live or reserved. */
  obligation: {
    sql: [
      'DROP INDEX sessions_live_key',
      `CREATE FUNCTION reserve_nothing() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.reserved_minor := 0; RETURN NEW; END $$`,
      `CREATE TRIGGER reserve_nothing BEFORE INSERT OR UPDATE ON obligations
        FOR EACH ROW EXECUTE FUNCTION reserve_nothing()`,
    ],
    patches: [
      {
        file: 'server/dist/schedules/charging.service.js',
        find: 'const live = order ? await this.orders.live(manager, order.id) : [];',
        put: 'const live = [];',
      },
    ],
  },
  /** The gateway forgets what it charged a minute ago: whatever is sent again is charged again. */
  shield: {
    sql: [],
    patches: [
      {
        file: 'sandbox/dist/sessions/shield.rules.js',
        find: 'new Date(now.getTime() - DAY_MS)',
        put: 'new Date(now.getTime() - 60_000)',
      },
    ],
  },
  /** After its first charge every monthly schedule slips by a day. */
  anchor: {
    sql: [],
    patches: [],
    spoil: ({ database }) =>
      database.query(
        `UPDATE schedules SET anchor_day = greatest(1, coalesce(anchor_day, extract(day FROM start_on + trial_days)::int) - 1)
         WHERE unit = 'month'`,
      ),
  },
};
