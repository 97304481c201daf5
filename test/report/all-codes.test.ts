import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALL_CODES, isCode, severityText } from '../../src/report/all-codes';

const SOURCES = resolve(__dirname, '../../src');
const TEXTS = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts')).map(path => readFileSync(join(SOURCES, path), 'utf8'));

/** The codes that stand as texts where something is reported in one of these ways. */
function reported(...ways: string[]): Set<string> {
  const call = new RegExp(`\\.(?:${ways.join('|')})\\(\\s*(?:[A-Z_]+, )?'([A-Z][A-Za-z]+)'`, 'g');
  return new Set(TEXTS.flatMap(text => [...text.matchAll(call)].map(match => match[1])));
}

const ERRORS = reported('fails', 'failsSince', 'refuse', 'notStrict');
const WARNINGS = reported('surprises', 'elsewhere', 'failsSince');

/** Codes that are warnings in some cases, which the way of reporting does not show: it is computed, or a construct's. */
const COMPUTED = new Set([
  'DuplicateFile', 'InvalidCertificate', 'InvalidName', 'NamespaceMismatch', 'SecretNeedsMount', 'SecretTypeMismatch', 'UnknownGenerator', 'UnknownProviderClass', 'UnknownSecretStore',
]);

test.each(Object.entries(ALL_CODES))('%s has a cause, an example and a fix', (code, { cause, example, fix, warns }) => {
  expect(code).toMatch(/^[A-Z][A-Za-z0-9]+$/);
  expect(cause).toMatch(/\.$/);
  expect(example).not.toBe('');
  expect(fix).not.toBe('');
  if (typeof warns === 'string') expect(warns).toMatch(/^(?:where|in|for|until|of) .*[^.]$/);
});

test('a code that is always a warning is never reported as an error', () => {
  expect(Object.keys(ALL_CODES).filter(code => ALL_CODES[code].warns === true && ERRORS.has(code))).toEqual([]);
});

test('a code that says nothing of warnings is none', () => {
  expect([...WARNINGS].filter(code => ALL_CODES[code].warns === undefined)).toEqual([]);
});

test('a code that says when it is a warning is one then', () => {
  expect(Object.keys(ALL_CODES).filter(code => typeof ALL_CODES[code].warns === 'string' && !WARNINGS.has(code) && !COMPUTED.has(code))).toEqual([]);
});

test('the search has found what is reported', () => {
  expect([...ERRORS, ...WARNINGS].filter(code => !isCode(code))).toEqual([]);
  expect([ERRORS.size, WARNINGS.size].map(size => size > 20)).toEqual([true, true]);
});

test.each([
  [{}, 'error'], [{ warns: true as const }, 'warning'], [{ warns: 'where it is small' }, 'error; a warning where it is small'],
])('%j is %j', (more, severity) => {
  expect(severityText({ cause: 'A.', example: 'x', fix: 'Y.', ...more })).toBe(severity);
});
