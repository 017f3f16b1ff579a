import { randomBytes } from 'node:crypto';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { PROBLEMS, type ProblemCode } from '@recaudo/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../platform/problem.js';
import { Public } from '../staff/access.js';
import { paymentPage, sentencePage } from './link.page.js';
import { LinksService, type PaymentSummary } from './links.service.js';

/** Visits per address and minute; tokens cannot be guessed, but nobody needs more. */
const VISIT_LIMIT = { default: { limit: 120, ttl: 60_000 } };

const SENTENCES: Partial<Record<ProblemCode, [title: string, sentence: string]>> = {
  not_found: [
    'Enlace desconocido',
    'Este enlace de pago no existe. Revise que esté completo o pida uno nuevo al comercio.',
  ],
  session_live: [
    'Espere un momento',
    'Este pago se está atendiendo en este momento. No pague de otra forma; abra de nuevo este enlace en unos minutos.',
  ],
};
/** Whoever opens a page charges nothing: what may have been charged before has a sentence of its own. */
const NOT_OPENED: [title: string, sentence: string] = [
  'Intente de nuevo',
  'No pudimos abrir la pasarela de pago. Intente de nuevo en unos minutos.',
];

@ApiExcludeController()
@Controller('p')
@Public()
@Throttle(VISIT_LIMIT)
export class LinksController {
  constructor(private readonly links: LinksService) {}

  @Get(':token')
  async visit(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(reply, async () => {
      const device = {
        ipAddress: request.ip,
        userAgent: (request.headers['user-agent'] ?? 'unknown').slice(0, 255),
      };
      const visit = await this.links.visit(token.slice(0, 100), device);
      if (visit.kind === 'page') return this.show(reply, visit.summary, token);
      void reply.status(303).header('location', visit.url).header('cache-control', 'no-store').send();
    });
  }

  @Get(':token/return')
  async returned(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(reply, async () =>
      this.show(reply, await this.links.returned(token.slice(0, 100)), token),
    );
  }

  private show(reply: FastifyReply, summary: PaymentSummary, token: string): void {
    const nonce = randomBytes(16).toString('base64url');
    this.html(reply, 200, nonce, paymentPage(summary, { nonce, linkUrl: `/p/${token}` }));
  }

  /** Payers get a page in words, never a problem document. */
  private async answer(reply: FastifyReply, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const [title, sentence] = SENTENCES[error.code] ?? NOT_OPENED;
      this.html(reply, PROBLEMS[error.code], '', sentencePage(title, sentence));
    }
  }

  private html(reply: FastifyReply, status: number, nonce: string, html: string): void {
    const scripts = nonce ? `'nonce-${nonce}'` : `'none'`;
    void reply
      .status(status)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'unsafe-inline'; script-src ${scripts}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      )
      .send(html);
  }
}
