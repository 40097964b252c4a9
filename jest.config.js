// Nest 12 and a few others ship as ES modules only; Jest runs CommonJS, so these are transformed too.
const esmOnly = [
  '@nestjs',
  '@tokenizer',
  'abstract-level',
  'classic-level',
  'content-disposition',
  'cookie',
  'file-type',
  'is-network-error',
  'jose',
  'load-esm',
  'maybe-combine-errors',
  'memory-level',
  'p-limit',
  'p-retry',
  'strtok3',
  'token-types',
  'uint8array-extras',
  'ulid',
  'yocto-queue',
];

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j)s$': ['@swc/jest', { configFile: `${import.meta.dirname}/.swcrc` }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFiles: ['reflect-metadata'],
};

const project = (displayName, testMatch, more = {}) => ({
  ...shared,
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  ...more,
});

const servers = { globalSetup: '<rootDir>/test/setup/int-setup.mjs', globalTeardown: '<rootDir>/test/setup/int-teardown.mjs' };

const shapes = { globalSetup: '<rootDir>/test/setup/e2e-setup.mjs', globalTeardown: '<rootDir>/test/setup/e2e-teardown.mjs' };

/** `unit`: no IO. `int`: one part against real servers. `e2e`: the services together, in both shapes. */
export default {
  // Left to end by itself, Node 20 has been seen to turn for ever in its own clean-up of handles after the last test (C++, in
  // CleanupHandles, no JavaScript and no thread at work); what a test leaves running shows in the tests of starting and stopping.
  forceExit: true,
  reporters: ['default', `${import.meta.dirname}/test/setup/count-reporter.mjs`],
  projects: [
    project(
      'unit',
      ['apps/**/*.spec.ts', 'libs/**/*.spec.ts', 'bench/**/*.spec.ts', 'tools/**/*.spec.ts', 'test/reliability/**/*.spec.ts'],
      {
        testPathIgnorePatterns: ['\\.int\\.spec\\.ts$'],
      },
    ),
    project(
      'int',
      ['apps/**/*.int.spec.ts', 'libs/**/*.int.spec.ts', 'test/conformance/**/*.spec.ts', 'test/reliability/**/*.int.spec.ts'],
      servers,
    ),
    project('e2e', ['test/e2e/**/*.spec.ts'], shapes),
  ],
};
