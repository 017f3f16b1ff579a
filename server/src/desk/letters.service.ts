import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { formatAmount } from '@recaudo/shared';
import type pdfmake from 'pdfmake';
import { DataSource } from 'typeorm';
import { PayerRow } from '../payers/payer.entity.js';
import { ProblemError } from '../platform/problem.js';
import { SitesService } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { OperationsService } from '../transactions/operations.service.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { letterText, type LetterFacts } from './letter.rules.js';

const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts/Roboto');

/** Loaded with the first letter: no start of the server waits for it. */
async function printer(): Promise<typeof pdfmake> {
  const { default: made } = await import('pdfmake');
  made.setFonts({
    Roboto: {
      normal: join(fonts, 'Roboto-Regular.ttf'),
      bold: join(fonts, 'Roboto-Medium.ttf'),
      italics: join(fonts, 'Roboto-Italic.ttf'),
      bolditalics: join(fonts, 'Roboto-MediumItalic.ttf'),
    },
  });
  // The letter needs its fonts, and nothing else of this machine or of any other.
  made.setUrlAccessPolicy(() => false);
  made.setLocalAccessPolicy((path) => path.startsWith(fonts));
  return made;
}

/** Letters of late reversal: where a country's networks take no refund any more, the acquirer is asked on paper. */
@Injectable()
export class LettersService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
    private readonly sites: SitesService,
  ) {}

  /** The letter as PDF. Errors: not_found, also for a refund that no letter carries. */
  async write(me: Principal, id: string): Promise<Buffer> {
    const refund = await this.operations.find(id);
    if (!refund || refund.route !== 'letter' || !maySee(me.scope, refund.siteId))
      throw new ProblemError('not_found');
    const { manager } = this.database;
    const payment = await manager.findOneByOrFail(TransactionRow, { id: refund.parentId ?? '' });
    const payer = payment.payerId ? await manager.findOneBy(PayerRow, { id: payment.payerId }) : null;
    const { site } = await this.sites.openAccount(payment.gatewayAccountId);
    const facts: LetterFacts = {
      siteName: site.name,
      zone: site.zone,
      writtenAt: refund.createdAt,
      reference: payment.gatewayReference,
      paidAt: payment.happenedAt,
      internalReference: payment.internalReference ?? '',
      authorization: payment.authorizationCode ?? '',
      receipt: payment.receipt ?? '',
      method: [payment.methodName, payment.lastFour && `terminada en ${payment.lastFour}`]
        .filter(Boolean)
        .join(' '),
      payer: [payer?.name, payer?.surname].filter(Boolean).join(' '),
      document: [payer?.documentType, payer?.document].filter(Boolean).join(' '),
      paid: formatAmount(
        payment.fromMinor ?? payment.askedMinor,
        payment.fromCurrency ?? payment.askedCurrency,
        'es',
      ),
      asked: formatAmount(refund.askedMinor, refund.askedCurrency, 'es'),
      motive: refund.motive ?? '',
      signedBy: refund.askedByName ?? '',
      number: refund.id,
    };
    return (await printer()).createPdf(letterText(facts)).getBuffer();
  }
}
