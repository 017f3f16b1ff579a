import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SETTINGS, type Settings } from '../platform/config.js';
import { ProblemError } from '../platform/problem.js';
import { ACCESS, type Access, type AuthenticatedRequest, type Principal } from './access.js';
import { KeysService } from './keys.service.js';
import { LOGIN_COOKIE, LoginsService } from './logins.service.js';

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
    const principal = await this.authenticate(request);
    if (access.kind === 'permission') requirePermission(principal, access);
    if (access.kind === 'signedIn' && principal.type === 'key') throw new ProblemError('forbidden');
    request.principal = principal;
    return true;
  }

  private async authenticate(request: AuthenticatedRequest): Promise<Principal> {
    const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer) return this.keys.authenticate(bearer);
    const cookie = request.cookies[LOGIN_COOKIE];
    if (!cookie) throw new ProblemError('not_signed_in');
    if (!READ_METHODS.has(request.method)) this.requireOwnOrigin(request);
    return this.logins.authenticate(cookie);
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

function requirePermission(principal: Principal, access: Extract<Access, { kind: 'permission' }>): void {
  const keyRefused = principal.type === 'key' && !access.keys;
  if (keyRefused || !principal.permissions.has(access.permission)) {
    throw new ProblemError('forbidden', { detail: access.permission });
  }
}
