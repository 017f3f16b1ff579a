import type { z } from 'zod';

/**
 * Runs one of the contract's schemas over what a form is about to send and gives one message key per field
 * (under `problems.field`); an empty object when all is well. The same keys as the server's.
 */
export function checkFields(schema: z.ZodType, body: unknown): Record<string, string> {
  const result = schema.safeParse(body);
  if (result.success) return {};
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const key = isMissing(body, issue.path) ? 'required' : issueKey(issue);
    errors[issue.path.join('.')] ??= `problems.field.${key}`;
  }
  return errors;
}

/** House rules carry their own key as the message; zod's own findings get one by kind. */
function issueKey(issue: z.core.$ZodIssue): string {
  if (/^[a-z]+(_[a-z]+)*$/.test(issue.message)) return issue.message;
  const isText = 'origin' in issue && issue.origin === 'string';
  if (issue.code === 'too_small') return isText ? 'too_short' : 'too_small';
  if (issue.code === 'too_big') return isText ? 'too_long' : 'too_big';
  if (issue.code !== 'invalid_format') return 'invalid';
  return issue.format === 'email' || issue.format === 'url' ? `invalid_${issue.format}` : 'invalid';
}

/** Nothing typed is "missing", whatever rule it happens to break. */
function isMissing(body: unknown, path: readonly PropertyKey[]): boolean {
  let value = body;
  for (const part of path) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
