import fc from 'fast-check';
import { AgeRecipient } from '../../../src/delivery/sops/age-recipient';
import { decodeBech32 } from '../../../src/delivery/sops/bech32';
import vectors from '../../conformance/sops-vectors.json';
import { refusal } from '../../support/refusal';

const { recipient, identity } = vectors;

test('a recipient that age-keygen has made is taken', () => {
  expect(AgeRecipient.parse(recipient).bytes).toHaveLength(32);
});

test.each<[string, any, string]>([
  ['a wrong character', recipient.replace('q', 'p'), 'a character is wrong'],
  ['a character less', recipient.slice(0, -1), 'a character is wrong'],
  ['capital letters', recipient.toUpperCase(), 'is no recipient of age'],
  ['space around it', ` ${recipient}`, 'is no recipient of age'],
  ['two in one text', `${recipient},${recipient}`, 'is no recipient of age'],
  ['an empty text', '', 'is no recipient of age'],
  ['another prefix', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'is no recipient of age'],
  ['no text', 5, 'a recipient must be a text'],
  ['an SSH key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJq', 'an SSH key, a hybrid key or one of a plugin'],
  ['the recipient of a plugin', 'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t', 'an SSH key, a hybrid key or one of a plugin'],
  ['a hybrid recipient', 'age1pq1xyz', 'an SSH key, a hybrid key or one of a plugin'],
])('%s is refused', (_, text, problem) => {
  expect(refusal(() => AgeRecipient.parse(text))).toMatchObject({ code: 'InvalidAgeRecipient', problem: expect.stringContaining(problem) });
});

test.each([identity, identity.toLowerCase(), `  ${identity}`, 'AGE-PLUGIN-YUBIKEY-1QQQQQQQQQQ'])('a secret key is refused, and not shown: %#', text => {
  const refused = refusal(() => AgeRecipient.parse(text));
  expect(refused).toMatchObject({ code: 'InvalidAgeRecipient', problem: 'a secret key of age was given in place of a recipient' });
  expect(JSON.stringify(refused).toLowerCase()).not.toContain(text.trim().slice(15, 25).toLowerCase());
});

test('what cannot be a recipient is not shown: it may be a secret', () => {
  expect(refusal(() => AgeRecipient.parse('Correct-Horse')).problem).not.toContain('Horse');
});

test('a recipient whose key agrees on zeros with every other is refused', () => {
  const zeros = 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z';
  expect(refusal(() => AgeRecipient.parse(zeros))).toMatchObject({ code: 'InvalidAgeRecipient', problem: expect.stringContaining('protects nothing') });
});

describe('Bech32', () => {
  test('a checksum tells of any one character that was mistyped', () => {
    const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
    fc.assert(fc.property(fc.integer({ min: 4, max: recipient.length - 1 }), fc.constantFrom(...alphabet), (at, character) => {
      fc.pre(recipient[at] !== character);
      expect(decodeBech32(recipient.slice(0, at) + character + recipient.slice(at + 1))).toBeUndefined();
    }));
  });

  // of BIP 173
  test.each(['a12uel5l', 'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw'])('%s is read', text => {
    expect(decodeBech32(text)?.prefix).toBe(text.slice(0, text.lastIndexOf('1')));
  });

  test.each(['pzry9x0s0muk', '1pzry9x0s0muk', 'x1b4n0q5v', 'li1dgmt3', 'de1lg7wt\xff', 'A1G7SGD8', '10a06t8', '1qzzfhee', ' 1nwldj5', '\x7f1axkwrx'])('%j is none', text => {
    expect(decodeBech32(text)).toBeUndefined();
  });
});
