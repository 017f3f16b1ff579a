import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SETTINGS, type Settings } from '../platform/config.js';
import { ProblemError } from '../platform/problem.js';
import { ACCESS, type Access, type AuthenticatedRequest, type PermissionAccess } from './access.js';
import { KeysService } from './keys.service.js';
import { LOGIN_COOKIE, LoginsService, type Presence } from './logins.service.js';

/** Set by pages on what they ask by themselves, and no person caused. */
const BACKGROUND_HEADER = 'x-background';
const READ_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Deny unless permitted: who it is, whether the request came from our own pages, and whether the matrix allows it. */
@Injectable()
export class StaffGuard implements CanActivate {
  private readonly ownOrigin: string;

  constructor(
    private readonly reflector: Reflector,
    private readonly logins: LoginsService,
    private readonly keys: KeysService,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.ownOrigin = new URL(settings.publicUrl).origin;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new ProblemError('forbidden', { detail: 'this route declares no access' });
    if (access.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const presence = await this.authenticate(request);
    if (access.kind === 'permission') requirePermission(presence, access);
    if (access.kind === 'signedIn' && presence.principal.type === 'key') throw new ProblemError('forbidden');
    request.principal = presence.principal;
    return true;
  }

  private async authenticate(request: AuthenticatedRequest): Promise<Presence> {
    const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer) return { principal: await this.keys.authenticate(bearer), idle: false };
    const cookie = request.cookies[LOGIN_COOKIE];
    if (!cookie) throw new ProblemError('not_signed_in');
    if (!READ_METHODS.has(request.method)) this.requireOwnOrigin(request);
    return this.logins.authenticate(cookie, request.headers[BACKGROUND_HEADER] !== undefined);
  }

  /** A browser names the page a write comes from; ours is the configured address or the one it reached us by. */
  private requireOwnOrigin(request: AuthenticatedRequest): void {
    const { origin, host } = request.headers;
    const originHost = origin ? hostOf(origin) : null;
    if (origin !== this.ownOrigin && (originHost === null || originHost !== host)) {
      throw new ProblemError('wrong_origin');
    }
  }
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

function requirePermission({ principal, idle }: Presence, access: PermissionAccess): void {
  const keyRefused = principal.type === 'key' && !access.keys;
  if (keyRefused || !access.permissions.some((each) => principal.permissions.has(each))) {
    throw new ProblemError('forbidden', { detail: access.permissions.join(', ') });
  }
  if (!access.money) return;
  if (principal.makerId === null) throw new ProblemError('key_without_person');
  if (idle) throw new ProblemError('password_needed');
}
