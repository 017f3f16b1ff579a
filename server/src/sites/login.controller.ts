import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import {
  loginSchema,
  proveSchema,
  setPasswordSchema,
  signInSchema,
  type LoginView,
  type Prove,
  type SetPassword,
  type SignIn,
} from '@recaudo/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../platform/config.js';
import { Answers } from '../platform/http.js';
import { Me, Public, SignedIn, type Principal } from '../staff/access.js';
import { LOGIN_COOKIE, LoginsService } from '../staff/logins.service.js';
import { PeopleService, personView } from '../staff/people.service.js';
import { SitesService } from './sites.service.js';

/** Guesses per address and minute; the lockout counts per person. */
const SIGN_IN_LIMIT = { default: { limit: 30, ttl: 60_000 } };

/** Lives beside the sites because whoever signs in is told which sites are theirs. */
@ApiTags('login')
@Controller('login')
export class LoginController {
  constructor(
    private readonly logins: LoginsService,
    private readonly people: PeopleService,
    private readonly sites: SitesService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  @Throttle(SIGN_IN_LIMIT)
  @Answers(loginSchema)
  async signIn(
    @Body({ schema: signInSchema }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginView> {
    const userAgent = request.headers['user-agent'] ?? null;
    const { secret, expiresAt } = await this.logins.signIn(body, { ip: request.ip, userAgent });
    void reply.setCookie(LOGIN_COOKIE, secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.settings.publicUrl.startsWith('https://'),
      expires: expiresAt,
    });
    const { principal } = await this.logins.authenticate(secret);
    return this.view(principal, expiresAt);
  }

  /** The password once more, before money moves from a login that nobody touched for a while. */
  @Post('prove')
  @HttpCode(204)
  @SignedIn()
  @Throttle(SIGN_IN_LIMIT)
  prove(
    @Me() me: Principal,
    @Body({ schema: proveSchema }) body: Prove,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.logins.prove(request.cookies[LOGIN_COOKIE] ?? '', me.id, body.password, request.ip);
  }

  @Get()
  @SignedIn()
  @Answers(loginSchema)
  async read(@Me() me: Principal, @Req() request: FastifyRequest): Promise<LoginView> {
    return this.view(me, await this.logins.expiry(request.cookies[LOGIN_COOKIE] ?? ''));
  }

  @Delete()
  @HttpCode(204)
  @SignedIn()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.logins.signOut(request.cookies[LOGIN_COOKIE] ?? '');
    void reply.clearCookie(LOGIN_COOKIE, { path: '/' });
  }

  @Post('password')
  @HttpCode(204)
  @Public()
  @Throttle(SIGN_IN_LIMIT)
  setPassword(@Body({ schema: setPasswordSchema }) body: SetPassword): Promise<void> {
    return this.logins.setPassword(body);
  }

  private async view(me: Principal, expiresAt: Date): Promise<LoginView> {
    const sites = await this.sites.list(me.scope);
    return {
      person: personView(await this.people.get(me.id)),
      permissions: [...me.permissions],
      sites: sites.map((site) => ({ ...site, ready: site.account !== null })),
      practice: !this.settings.production,
      expiresAt: expiresAt.toISOString(),
    };
  }
}
