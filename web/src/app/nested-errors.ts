/** Errors as the form library keeps them: nested by path, `root` for what is wrong with a list as a whole. */
export type NestedErrors = { [field: string]: string | NestedErrors };

/** `{'parts': 'a', 'parts.0.amount': 'b'}` → `{parts: {root: 'a', 0: {amount: 'b'}}}`. */
export function nestedErrors(errors: Record<string, string>): NestedErrors {
  const nested: NestedErrors = {};
  for (const [path, message] of Object.entries(errors)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const place = names.reduce((level, name) => levelOf(level, name), nested);
    const there = place[last];
    if (typeof there === 'object') there.root ??= message;
    else place[last] ??= message;
  }
  return nested;
}

function levelOf(level: NestedErrors, name: string): NestedErrors {
  const there = level[name];
  if (typeof there === 'object') return there;
  const fresh: NestedErrors = there === undefined ? {} : { root: there };
  level[name] = fresh;
  return fresh;
}
