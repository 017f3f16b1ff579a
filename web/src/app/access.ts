import { PERMISSIONS, type Permission } from '@recaudo/shared';

/**
 * react-admin asks by resource and action, our matrix knows rooms and verbs. `never` where the matrix has no such
 * verb: react-admin then offers no button for it.
 */
export function permissionFor(resource: string, action: string): Permission | 'never' {
  const verb = action === 'list' || action === 'show' ? 'read' : action;
  const candidates = [`${resource}:${verb}`, `${resource}:manage`];
  return PERMISSIONS.find((permission) => candidates.includes(permission)) ?? 'never';
}
