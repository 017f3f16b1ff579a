import { z } from 'zod';
import { ROLES, PERMISSIONS } from './permissions.js';
import { LANGUAGES } from './money.js';
import { nameText } from './text.js';
import { idSchema, instantSchema } from './list.js';

export const PERSON_STATES = ['invited', 'active', 'deactivated'] as const;

export const emailSchema = z.string().trim().toLowerCase().max(80).pipe(z.email());
export const passwordSchema = z.string().min(12).max(200);
const zoneSchema = z.string().max(64).refine(isZone, { message: 'unknown_zone' });

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A person as administrators see them. `siteIds: null` means every site. */
export const personSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    siteIds: z.array(idSchema).nullable(),
    state: z.enum(PERSON_STATES),
    language: z.enum(LANGUAGES),
    zone: z.string(),
    lastSeenAt: instantSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof personSchema>;

export const createPersonSchema = z
  .object({
    email: emailSchema,
    name: nameText(80),
    role: z.enum(ROLES),
    siteIds: z.array(idSchema).max(200).nullable(),
    language: z.enum(LANGUAGES).default('es'),
    zone: zoneSchema.default('America/Bogota'),
  })
  .meta({ id: 'CreatePerson' });
export type CreatePerson = z.infer<typeof createPersonSchema>;

export const updatePersonSchema = createPersonSchema
  .omit({ email: true })
  .partial()
  .extend({ state: z.enum(['active', 'deactivated']).optional() })
  .meta({ id: 'UpdatePerson' });
export type UpdatePerson = z.infer<typeof updatePersonSchema>;

/** The one-time link is shown once, to the administrator who asked for it; valid 72 hours. */
export const invitedPersonSchema = z
  .object({ person: personSchema, passwordLink: z.string(), expiresAt: instantSchema })
  .meta({ id: 'InvitedPerson' });
export type InvitedPerson = z.infer<typeof invitedPersonSchema>;

export const signInSchema = z
  .object({ email: emailSchema, password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signInSchema>;

/** The password once more, before money moves from a login that nobody touched for a while. */
export const proveSchema = z.object({ password: z.string().min(1).max(200) }).meta({ id: 'Prove' });
export type Prove = z.infer<typeof proveSchema>;

export const setPasswordSchema = z
  .object({ token: z.string().min(20).max(200), password: passwordSchema })
  .meta({ id: 'SetPassword' });
export type SetPassword = z.infer<typeof setPasswordSchema>;

/** Who is signed in, and what they may do. */
export const loginSchema = z
  .object({
    person: personSchema.pick({
      id: true,
      email: true,
      name: true,
      role: true,
      siteIds: true,
      language: true,
      zone: true,
    }),
    permissions: z.array(z.enum(PERMISSIONS)),
    sites: z.array(
      z.object({
        id: idSchema,
        code: z.string(),
        name: z.string(),
        country: z.string(),
        currency: z.string(),
        zone: z.string(),
        mode: z.enum(['practice', 'test', 'live']),
        /** False while it has no gateway account that can open sessions. */
        ready: z.boolean(),
      }),
    ),
    practice: z.boolean(),
    expiresAt: instantSchema,
  })
  .meta({ id: 'Login' });
export type LoginView = z.infer<typeof loginSchema>;

export const keySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    /** The first characters, enough to recognise a key by. */
    prefix: z.string(),
    siteIds: z.array(idSchema),
    createdAt: instantSchema,
    createdBy: z.string(),
    lastUsedAt: instantSchema.nullable(),
    revokedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Key' });
export type KeyView = z.infer<typeof keySchema>;

export const createKeySchema = z
  .object({ name: nameText(80), siteIds: z.array(idSchema).min(1).max(200) })
  .meta({ id: 'CreateKey' });
export type CreateKey = z.infer<typeof createKeySchema>;

/** The secret is shown this once and never again. */
export const createdKeySchema = z.object({ key: keySchema, secret: z.string() }).meta({ id: 'CreatedKey' });
export type CreatedKey = z.infer<typeof createdKeySchema>;

/** A person's own interface state (saved filters, columns, theme, language); kept whole, 64 KB at most. */
export const preferencesSchema = z.record(z.string().max(120), z.json()).meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof preferencesSchema>;
