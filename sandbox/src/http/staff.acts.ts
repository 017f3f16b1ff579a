/** What staff do by the console's forms. Each act answers where to go on; what cannot be done is said by its field. */
import type { Gateway } from '../app.js';
import { UNITS } from '../pages/console/clock.page.js';
import { FAULT_ERRORS } from '../pages/console/faults.page.js';
import type { Refused } from '../pages/console/frame.js';
import { ALL_SWITCHES } from '../pages/console/switch.texts.js';
import type { Moment } from '../platform/clock.js';
import { addFault, clearFaults } from '../platform/faults.js';
import { cancelRecurrence, setNextOutcomes } from '../sessions/recurrence.store.js';
import type { Action } from '../sessions/transactions.js';
import { findTransaction } from '../sessions/transaction.store.js';
import { findSite, saveSite } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { SITE_SWITCHES } from '../sites/switches.js';
import { MAX_MINOR, readDecimal, toMinor } from '../wire/money.js';
import { CallFailure } from '../wire/refusal.js';
import { callText } from '../wire/texts.js';
import { MAX_OFFSET_MS, setClock } from './control.clock.js';
import { readFault, readOperation } from './control.faults.js';
import { ControlError, readOutcomes } from './control.fields.js';
import { applySwitches } from './control.sites.js';
import type { Form } from './pages.js';
import { missing } from './staff.pages.js';

/** Where the browser goes next, and what it is told there (a key of NOTICES); or what is wrong with the form. */
export type Done = { to: string; done: keyof typeof NOTICES } | { refused: Refused };

export const NOTICES = {
  saved: 'Guardado.',
  armed: 'Falla preparada.',
  cleared: 'Fallas quitadas.',
  moved: 'Reloj movido.',
  ended: 'Recurrencia cancelada.',
  planned: 'Respuestas guardadas.',
  released: 'Reserva liberada.',
  refunded: 'Devolución hecha.',
  cancelled: 'Cancelada.',
};

export class StaffActs {
  constructor(private readonly gateway: Gateway) {}

  async saveSite(site: Site, form: Form): Promise<Done> {
    const errors: Record<string, string> = {};
    let changed = site;
    for (const { name } of ALL_SWITCHES) {
      const text = form[name];
      if (text === undefined) continue;
      try {
        changed = applySwitches(changed, { [name]: valueOf(name, text.trim()) });
      } catch (error) {
        if (!(error instanceof ControlError)) throw error;
        errors[name] = 'No se acepta este valor.';
      }
    }
    if (Object.keys(errors).length > 0) return { refused: { form, errors } };
    await saveSite(this.gateway.pool, changed);
    return { to: `sites/${site.site}`, done: 'saved' };
  }

  async armFault(form: Form): Promise<Done> {
    try {
      const fault = readFault(faultOf(form));
      const isKnown = fault.site === null || (await findSite(this.gateway.pool, fault.site)) !== null;
      if (!isKnown) throw new ControlError('site: no such site', 400, 'site');
      await addFault(this.gateway.pool, fault);
      return { to: 'faults', done: 'armed' };
    } catch (error) {
      if (!(error instanceof ControlError) || error.field === null) throw error;
      const text = FAULT_ERRORS[error.field] ?? error.message;
      return { refused: { form, errors: { [error.field]: text } } };
    }
  }

  async clearFaults({ operation }: Form): Promise<Done> {
    await clearFaults(this.gateway.pool, {
      operation: operation ? readOperation(operation) : null,
      site: null,
    });
    return { to: 'faults', done: 'cleared' };
  }

  async moveClock(form: Form): Promise<Done> {
    const { clock } = this.gateway;
    if (form.reset === 'yes') {
      await setClock(this.gateway, 0);
      return { to: 'clock', done: 'moved' };
    }
    const unit = UNITS[form.unit as keyof typeof UNITS];
    const steps = /^-?\d{1,7}$/.test(form.advance?.trim() ?? '') ? Number(form.advance) : null;
    const target = steps === null || unit === undefined ? null : clock.offsetMs + steps * unit;
    if (target === null || Math.abs(target) > MAX_OFFSET_MS) {
      const errors = { advance: 'Un número entero, y a lo sumo diez años de la hora real.' };
      return { refused: { form, errors } };
    }
    await setClock(this.gateway, target);
    return { to: 'clock', done: 'moved' };
  }

  async endRecurrence(id: number): Promise<Done> {
    const isDone = await cancelRecurrence(this.gateway.pool, id);
    if (isDone) return { to: `recurrences/${id}`, done: 'ended' };
    return { refused: { form: {}, errors: { '': 'La recurrencia ya no está activa.' } } };
  }

  async planOutcomes(id: number, form: Form): Promise<Done> {
    try {
      const outcomes = readOutcomes((form.outcomes ?? '').split(/[\s,]+/).filter(Boolean));
      if (!(await setNextOutcomes(this.gateway.pool, id, outcomes))) throw missing();
      return { to: `recurrences/${id}`, done: 'planned' };
    } catch (error) {
      if (!(error instanceof ControlError) || error.field === null) throw error;
      const errors = {
        outcomes: 'Escriba códigos de 1 a 4 caracteres, como 51 o 00, separados por espacios.',
      };
      return { refused: { form, errors } };
    }
  }

  release(internalReference: number, moment: Moment): Promise<Done> {
    const wanted = { action: 'checkout', minor: 0 } as const;
    return this.act(internalReference, wanted, { to: 'holds', done: 'released' }, {}, moment);
  }

  /** What waits for its confirmation is cancelled. */
  cancel(internalReference: number, moment: Moment): Promise<Done> {
    const done = { to: `transactions/${internalReference}`, done: 'cancelled' } as const;
    return this.act(internalReference, { action: 'cancel', minor: null }, done, {}, moment);
  }

  /** All that is left where no amount is written. */
  async refund(internalReference: number, form: Form, moment: Moment): Promise<Done> {
    const found = await findTransaction(this.gateway.pool, internalReference);
    if (!found) throw missing();
    const text = form.amount?.trim() ?? '';
    const minor = text === '' ? null : minorOf(text, found.currency);
    if (minor !== null && !(minor > 0 && minor <= MAX_MINOR)) {
      return {
        refused: { form, errors: { amount: 'Escriba un valor mayor que cero, por ejemplo 1500.50.' } },
      };
    }
    const done = { to: `transactions/${internalReference}`, done: 'refunded' } as const;
    return this.act(internalReference, { action: 'reverse', minor }, done, form, moment);
  }

  private async act(
    internalReference: number,
    { action, minor }: { action: Action; minor: number | null },
    done: Done,
    form: Form,
    moment: Moment,
  ): Promise<Done> {
    try {
      const wanted = { action, amount: { minor } };
      const { transaction } = await this.gateway.transactions.act(null, internalReference, wanted, moment);
      const isDone = action === 'cancel' || transaction.status === 'APPROVED';
      return isDone ? done : refusal(form, `La red respondió ${transaction.status} ${transaction.reason}.`);
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      return refusal(form, `${callText(error.text, 'es', error.detail)}.`);
    }
  }
}

/** At the amount, where there is one, and in any case for the whole. */
function refusal(form: Form, text: string): Done {
  return { refused: { form, errors: { '': text, ...('amount' in form && { amount: text }) } } };
}

/** NaN for what is no amount. */
function minorOf(text: string, currency: string): number {
  const amount = readDecimal(text.replace(',', '.'));
  return amount ? toMinor(amount, currency) : Number.NaN;
}

const isWhole = (text: string): boolean => /^\d{1,9}$/.test(text);

/** The value that a switch's text stands for; what stands for none is left as text, to be refused. */
function valueOf(name: string, text: string): unknown {
  if (name === 'notificationUrl') return text === '' ? null : text;
  if (name === 'attempts' || name === 'networkDelaySeconds') return isWhole(text) ? Number(text) : text;
  if (!Object.hasOwn(SITE_SWITCHES, name)) return text;
  const { takes } = SITE_SWITCHES[name as keyof typeof SITE_SWITCHES];
  if ('from' in takes) return isWhole(text) ? Number(text) : text;
  const values: readonly unknown[] = takes.values;
  return values.find((value) => String(value) === text) ?? text;
}

/** A form's texts as the control API would have them; what is empty was not said. */
function faultOf(form: Form): Record<string, unknown> {
  const said = Object.entries(form).flatMap(([name, text]) =>
    text.trim() === '' ? [] : [[name, text.trim()]],
  );
  const fields = Object.fromEntries(said) as Record<string, unknown>;
  for (const name of ['count', 'probability', 'seed', 'delayMs']) {
    const text = fields[name];
    if (typeof text === 'string' && /^\d{1,12}(\.\d{1,12})?$/.test(text)) fields[name] = Number(text);
  }
  return fields;
}
