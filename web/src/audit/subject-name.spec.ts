import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '@recaudo/shared';
import { subjectName } from './subject-name.js';

const admin: AuditEntry['actor'] = { type: 'person', name: 'Carla Ríos' };

describe('the name of what an audit entry is about', () => {
  it.each<[string, AuditEntry['data'], string]>([
    ['person.created', { email: 'luz@tienda.co', role: 'support' }, 'luz@tienda.co'],
    ['person.updated', { name: 'Luz Mora', changes: { role: 'finance' } }, 'Luz Mora'],
    ['person.updated', { changes: { name: 'Luz Mora' } }, 'Luz Mora'],
    ['key.revoked', { name: 'Tienda' }, 'Tienda'],
    ['login.opened', {}, 'Carla Ríos'],
    ['person.password_set', {}, 'Carla Ríos'],
  ])('%s with %j is %s', (kind, data, name) => {
    expect(subjectName({ kind, actor: admin, data })).toBe(name);
  });

  it('is never the person who acted on somebody else', () => {
    expect(subjectName({ kind: 'person.invited', actor: admin, data: {} })).toBeNull();
  });
});
