import { PERMISSIONS, type Permission } from '@recaudo/shared';

/** Rooms that are about the payments' own money: seen by whoever sees payments. */
const WITH_PAYMENTS = new Set([
  'transactions',
  'preauthorizations',
  'schedules',
  'periods',
  'policies',
  'batches',
]);

/**
 * react-admin asks by resource and action, our matrix knows rooms and verbs. `never` where the matrix has no such
 * verb: react-admin then offers no button for it.
 */
export function permissionFor(resource: string, action: string): Permission | 'never' {
  const verb = action === 'list' || action === 'show' ? 'read' : action;
  if (verb === 'read' && WITH_PAYMENTS.has(resource)) return 'sessions:read';
  const candidates = [`${resource}:${verb}`, `${resource}:manage`];
  return PERMISSIONS.find((permission) => candidates.includes(permission)) ?? 'never';
}
