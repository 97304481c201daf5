import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SensitiveValue, TlsSecret } from '../../../src';
import * as pairs from '../../support/key-pairs';
import unusual from '../../support/unusual-key-pairs.json';
import { askKubectl } from '../ask-kubectl';
import type { Differential } from '../differential';
import { synthesized } from '../ours';
import type { Random } from '../random';

interface Pair {
  readonly certificate: string;
  readonly key: string;
}

const TEXTS: readonly string[] = [...Object.values(pairs), ...Object.values(unusual).flatMap(pair => Object.values(pair as object))].filter((text): text is string => typeof text === 'string');
const CERTIFICATES = TEXTS.filter(text => text.includes('BEGIN CERTIFICATE'));
const KEYS = TEXTS.filter(text => text.includes('PRIVATE KEY'));
const MATCHING: readonly Pair[] = [
  { certificate: pairs.CERTIFICATE, key: pairs.PRIVATE_KEY }, { certificate: pairs.OTHER_CERTIFICATE, key: pairs.OTHER_PRIVATE_KEY },
  ...Object.values(unusual).map(pair => {
    const texts = Object.values(pair as object) as string[];
    return { certificate: texts.find(text => text.includes('BEGIN CERTIFICATE'))!, key: texts.find(text => text.includes('PRIVATE KEY'))! };
  }),
];

export const differential: Differential<Pair> = {
  title: 'a certificate and its key, taken by kubectl create secret tls',
  count: 400,
  input: random => {
    const { certificate, key } = random.oneIn(4) ? { certificate: random.pick(CERTIFICATES), key: random.pick(KEYS) } : random.pick(MATCHING);
    return { certificate: changed(random, certificate, random.pick(TEXTS)), key: changed(random, key, random.pick(TEXTS)) };
  },
  ours: ({ certificate, key }) => synthesized(chart => new TlsSecret(chart as any, 'S', {
    tlsCert: SensitiveValue.fromLiteral(certificate), tlsKey: SensitiveValue.fromLiteral(key),
  }), ({ data }) => data),
  theirs: inputs => askKubectl(inputs, ({ certificate, key }, folder) => {
    writeFileSync(join(folder, 'crt'), certificate);
    writeFileSync(join(folder, 'key'), key);
    return ['tls', 'a', `--cert=${join(folder, 'crt')}`, `--key=${join(folder, 'key')}`];
  }, ({ data }) => data),
  known: [{
    name: 'OpenSSL cannot parse the certificate, and Go passes over what is broken in it; refused here',
    covers: (_, mine, theirs) => 'refused' in mine && mine.refused.includes('the certificate cannot be parsed') && 'value' in theirs,
  }],
};

/** A text as files of PEM come: with a mark, other line ends, headers, other texts around it, blanks, or broken. */
function changed(random: Random, text: string, other: string): string {
  switch (random.below(16)) {
    case 0: return `\ufeff${text}`;
    case 1: return text.replaceAll('\n', '\r\n');
    case 2: return text.replace(/(-----BEGIN [^\n]*\n)/, '$1\n');
    case 3: return text.replace(/(-----BEGIN [^\n]*\n)/, '$1Proc-Type: 4,CLEAR\nA: b\n\n');
    case 4: return `subject=x\n${text}`;
    case 5: return text + other;
    case 6: return other + text;
    case 7: return text.trimEnd();
    case 8: return text.replaceAll('\n', ' \n');
    case 9: return text.replaceAll('\n', '\n ');
    case 10: return text.replace(/\n/g, (end, at: number) => at % 3 === 0 ? '' : end);
    case 11: return text.slice(0, random.below(text.length));
    case 12: {
      const at = random.below(text.length);
      return text.slice(0, at) + random.pick(['A', '\n', '=', '-', ' ', '!']) + text.slice(at + random.below(2));
    }
    default: return text;
  }
}
