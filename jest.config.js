import { existsSync, readFileSync } from 'node:fs';

const { jsc, module } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
const swc = { jsc, module, sourceMaps: 'inline', swcrc: false };
const swcForReact = {
  ...swc,
  jsc: {
    ...jsc,
    parser: { ...jsc.parser, tsx: true },
    transform: { ...jsc.transform, react: { runtime: 'automatic' } },
  },
};

const project = (displayName, roots) => ({
  displayName,
  rootDir: import.meta.dirname,
  roots: roots
    .filter((root) => existsSync(new URL(root, import.meta.url)))
    .map((root) => `<rootDir>/${root}`),
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.ts$': ['@swc/jest', swc],
    '\\.tsx$': ['@swc/jest', swcForReact],
  },
  resolver: '<rootDir>/test/support/resolver.cjs',
  moduleNameMapper: { '^@recaudo/shared$': '<rootDir>/shared/src/index.ts' },
});

export default {
  // One more than the processors that it is measured on: a good part of the tests waits for the clock.
  maxWorkers: 3,
  testTimeout: 30_000,
  workerIdleMemoryLimit: '1GB',
  watchman: false,
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
  projects: [
    project('rules', ['shared/src', 'server/src', 'sandbox/src', 'web/src', 'test/rules']),
    project('integration', ['test/integration']),
    project('contract', ['test/contract']),
    project('faults', ['test/faults']),
    project('e2e', ['test/e2e']),
  ],
};
