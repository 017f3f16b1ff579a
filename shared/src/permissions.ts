/** Who may do what. The one matrix: the server's guard, the web's `canAccess` and the tests all read it. */
export const ROLES = ['support', 'finance', 'manager', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

const PERMISSION_ROLES = {
  /** See sessions, transactions, payers and their timeline. */
  'sessions:read': ['support', 'finance', 'manager', 'auditor'],
  /** Open a payment, copy or send its link. */
  'sessions:create': ['support'],
  /** Ask the gateway now. */
  'sessions:check': ['support', 'finance'],
  /** Cancel a payment that nobody has paid. */
  'sessions:cancel': ['support'],
  /** Take over sessions that were opened elsewhere on the same account. */
  'sessions:adopt': ['finance'],
  'sessions:export': ['finance', 'manager'],
  /** Confirm or cancel a captured payment that waits for our word. */
  'transactions:confirm': ['support', 'finance'],
  /** Refund, in whole or part; above the site's limits a second person approves it. */
  'transactions:reverse': ['support', 'finance'],
  /** State what became of an operation that nobody could find out; a second person approves it. */
  'transactions:settle': ['finance'],
  /** Record a chargeback, or that it was won. */
  'transactions:chargeback': ['finance'],
  /** Capture, change or release a hold. */
  'preauthorizations:act': ['support', 'finance'],
  /** See stored means of payment, masked. */
  'instruments:read': ['support', 'finance', 'manager', 'auditor'],
  /** Keep one from being charged for a while, and let it be charged again. */
  'instruments:suspend': ['support', 'finance'],
  /** End a stored means of payment, here and at the gateway. */
  'instruments:revoke': ['support', 'finance'],
  /** Charge a stored means of payment; above the site's limits a second person approves it. */
  'instruments:charge': ['support', 'finance'],
  /** Plan subscriptions, change and end them, decide about periods that were not paid. */
  'schedules:manage': ['support', 'finance'],
  /** Say what follows a charge that is refused. */
  'policies:manage': ['finance', 'manager'],
  /** Let an account's schedules go on after the brake stopped them. */
  'schedules:release': ['finance'],
  /** See what was asked of a second person. */
  'approvals:read': ['support', 'finance', 'manager', 'auditor'],
  'approvals:decide': ['manager'],
  /** See the letters that went out, or did not. */
  'mails:read': ['support', 'finance', 'manager', 'auditor', 'admin'],
  /** Have a letter that failed sent once more. */
  'mails:send': ['support'],
  /** Write on a payment's timeline. */
  'notes:write': ['support', 'finance', 'manager'],
  /** Say that a charge which was only reported did happen. */
  'transactions:attest': ['finance'],
  /** Items that wait for a person: overpaid, contradictions, sessions opened elsewhere. */
  'reviews:read': ['support', 'finance', 'manager', 'auditor'],
  'reviews:resolve': ['finance'],
  /** Read what subscriptions earn. */
  'revenue:read': ['finance', 'manager', 'auditor'],
  'audit:read': ['manager', 'auditor', 'admin'],
  'sites:manage': ['admin'],
  'people:manage': ['admin'],
  'keys:manage': ['admin'],
  'jobs:manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSION_ROLES;
export const PERMISSIONS = Object.keys(PERMISSION_ROLES) as [Permission, ...Permission[]];

/** What a shop's API key may do; a key never has a person's other rights. */
export const KEY_PERMISSIONS: readonly Permission[] = [
  'sessions:create',
  'sessions:read',
  'sessions:cancel',
  'transactions:confirm',
  'transactions:reverse',
  'preauthorizations:act',
  'instruments:read',
  'instruments:suspend',
  'instruments:revoke',
  'instruments:charge',
  'schedules:manage',
];

export function roleCan(role: Role, permission: Permission): boolean {
  return (PERMISSION_ROLES[permission] as readonly Role[]).includes(role);
}

export function rolesWith(permission: Permission): readonly Role[] {
  return PERMISSION_ROLES[permission];
}

export function permissionsOf(role: Role): Permission[] {
  return PERMISSIONS.filter((permission) => roleCan(role, permission));
}
