import { describe, expect, it } from '@jest/globals';
import { permissionFor } from './access.js';

describe('what react-admin asks about', () => {
  it.each([
    ['sessions', 'list', 'sessions:read'],
    ['sessions', 'show', 'sessions:read'],
    ['sessions', 'create', 'sessions:create'],
    ['reviews', 'list', 'reviews:read'],
    ['transactions', 'list', 'sessions:read'],
    ['preauthorizations', 'show', 'sessions:read'],
    ['schedules', 'show', 'sessions:read'],
    ['schedules', 'create', 'schedules:manage'],
    ['periods', 'list', 'sessions:read'],
    ['batches', 'list', 'sessions:read'],
    ['approvals', 'list', 'approvals:read'],
    ['sites', 'edit', 'sites:manage'],
    ['people', 'list', 'people:manage'],
    ['audit', 'list', 'audit:read'],
  ])('%s %s needs %s', (resource, action, permission) => {
    expect(permissionFor(resource, action)).toBe(permission);
  });

  it('is refused where the matrix knows no such verb', () => {
    expect(permissionFor('sessions', 'delete')).toBe('never');
  });
});
