import type { AuditEntry } from '@recaudo/shared';

/** The person signs in, or chooses a password: who acts is whom it is about. */
const ABOUT_THE_ACTOR = /^login\.|^person\.password_set$/;

/** What the entry's subject is called, where the entry itself says so; null leaves only its id. */
export function subjectName({
  kind,
  actor,
  data,
}: Pick<AuditEntry, 'kind' | 'actor' | 'data'>): string | null {
  if (ABOUT_THE_ACTOR.test(kind) && actor.name) return actor.name;
  const changes = typeof data.changes === 'object' && data.changes !== null ? data.changes : {};
  const names = [data.name, data.email, (changes as Record<string, unknown>).name, data.code];
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? null;
}
