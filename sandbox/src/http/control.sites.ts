/** The switches of a site as the control API takes them. */
import { randomBytes } from 'node:crypto';
import { isZone } from '../platform/instants.js';
import type { Site } from '../sites/sites.js';
import { BadSwitch, DEFAULT_SWITCHES, SITE_SWITCHES, SWITCH_NAMES } from '../sites/switches.js';
import { decimalsOf } from '../wire/money.js';
import { readLocale } from '../wire/texts.js';
import { ControlError, integer } from './control.fields.js';
import type { Fields } from './control.fields.js';

function text(pattern: RegExp, what: string): (value: unknown) => unknown {
  return (value) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new BadSwitch(what);
    return value;
  };
}

function choice(...values: string[]): (value: unknown) => unknown {
  return text(new RegExp(`^(${values.join('|')})$`), `must be one of ${values.join(', ')}`);
}

function check(test: (value: string) => boolean, what: string): (value: unknown) => unknown {
  return (value) => {
    if (typeof value !== 'string' || !test(value)) throw new BadSwitch(what);
    return value;
  };
}

const isWebAddress = (value: string): boolean =>
  value.length <= 255 && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

type Switches = Partial<Record<keyof Site, (value: unknown) => unknown>>;

/** What may be changed of a site, and how each value is checked. */
const SWITCHES: Switches = {
  name: text(/^[^\0]{1,80}$/, 'must have 1 to 80 characters'),
  country: text(/^[A-Z]{2}$/, 'must be an ISO 3166 code'),
  currency: check((value) => decimalsOf(value) !== null, 'must be an ISO 4217 code'),
  zone: check(isZone, 'must be an IANA time zone'),
  locale: check((value) => readLocale(value) !== null, 'must look like es_CO'),
  algorithm: choice('sha256', 'sha1'),
  state: choice('active', 'inactive', 'expired', 'credentials_expired'),
  notificationUrl: (value) =>
    value === null ? null : check(isWebAddress, 'must be an http or https address, or null')(value),
  attempts: (value) => integer(value, 'attempts', 1, 100),
  networkDelaySeconds: (value) => integer(value, 'networkDelaySeconds', 0, 2_592_000),
  ...Object.fromEntries(SWITCH_NAMES.map((name) => [name, SITE_SWITCHES[name].read])),
};

const NEW_SITE: Switches = {
  ...SWITCHES,
  site: text(/^[A-Za-z0-9_-]{1,40}$/, 'must have 1 to 40 letters, digits, _ or -'),
  login: text(/^[\x21-\x7e]{1,32}$/, 'must have 1 to 32 visible characters'),
  secretKey: text(/^[\x21-\x7e]{1,64}$/, 'must have 1 to 64 visible characters'),
};

/** The site with these fields changed. Throws ControlError. */
export function applySwitches(site: Site, fields: Fields, switches: Switches = SWITCHES): Site {
  const changed: Record<string, unknown> = { ...site };
  for (const [field, value] of Object.entries(fields)) {
    const read = switches[field as keyof Site];
    if (!read) throw new ControlError(`${field}: no such switch`);
    try {
      changed[field] = read(value);
    } catch (error) {
      throw error instanceof BadSwitch ? new ControlError(`${field}: ${error.message}`, 400, field) : error;
    }
  }
  return changed as unknown as Site;
}

/** Login and secret are made up unless given. Throws ControlError. */
export function newSite(fields: Fields): Site {
  for (const field of ['site', 'name', 'country', 'currency', 'zone', 'locale']) {
    if (fields[field] === undefined) throw new ControlError(`${field}: the field is required`);
  }
  const blank = {
    login: randomBytes(16).toString('hex'),
    secretKey: randomBytes(12).toString('base64url'),
    algorithm: 'sha256',
    notificationUrl: null,
    state: 'active',
    attempts: 10,
    networkDelaySeconds: 60,
    ...DEFAULT_SWITCHES,
  };
  return applySwitches(blank as unknown as Site, fields, NEW_SITE);
}
