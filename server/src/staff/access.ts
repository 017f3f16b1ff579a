import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Permission } from '@recaudo/shared';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit.service.js';

/** The sites that someone may see; null means all of them. */
export type SiteScope = readonly string[] | null;

/** Whoever signed in, with what they may do. Services take it and check the site; the guard checks the permission. */
export interface Principal extends Actor {
  type: 'person' | 'key';
  id: string;
  name: string;
  /** The person behind it: a key acts as whoever made it. Null: a key from before keys had anybody behind them. */
  makerId: string | null;
  permissions: ReadonlySet<Permission>;
  scope: SiteScope;
}

export function maySee(scope: SiteScope, siteId: string): boolean {
  return scope === null || scope.includes(siteId);
}

export type Access = { kind: 'public' } | { kind: 'signedIn' } | PermissionAccess;

export interface PermissionAccess {
  kind: 'permission';
  /** One of them is enough. */
  permissions: readonly Permission[];
  keys: boolean;
  money: boolean;
}

export const ACCESS = Symbol('access');

/** Every route declares one of these; a route without any is refused. */
export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);
export const SignedIn = () => SetMetadata(ACCESS, { kind: 'signedIn' } satisfies Access);
/**
 * For those with the permission, or with one of several. `keys: true` opens the route to shops' API keys too, if keys
 * have it. `money: true`: a login that nobody touched for five minutes proves its password first, and a key needs a
 * person behind it.
 */
export const Allow = (
  permission: Permission | readonly Permission[],
  { keys = false, money = false }: { keys?: boolean; money?: boolean } = {},
) => {
  const permissions = typeof permission === 'string' ? [permission] : permission;
  return SetMetadata(ACCESS, { kind: 'permission', permissions, keys, money } satisfies Access);
};

export type AuthenticatedRequest = FastifyRequest & { principal?: Principal };

export const Me = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('a route without access control asked who is signed in');
  return principal;
});
