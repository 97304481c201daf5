import { metadataIn, newObject, type ChartPlace, type Imported, type ImportedChart } from './charts';
import { cleaned } from './clean';
import type { Code } from './code';
import { placeOfKey, secretCodes } from './declarations';
import type { LeftOut } from './left-out';
import { isToken } from './manifest-kinds';
import { pascalCase } from './names';
import { NeededValues } from './needed-values';
import { TRIAL, tryCode } from './trial';
import type { Manifest } from '../../inspect/model/manifest';
import { isRecord, record } from '../../inspect/model/untyped';
import { decodeBase64 } from '../../kubernetes/base64';

type Fields = Record<string, any>;

/** Which of the ways to declare a Secret makes the same object; or why none does. */
type Way = { readonly number: number } | { readonly refusal: string };

/** Makes declarations of Secrets. */
export class SecretImporter {
  readonly #ways = new Map<Manifest, Way>();

  constructor(private readonly values: NeededValues, private readonly leftOut: LeftOut) {}

  /** Whether a declaration makes the same Secret. */
  public canDeclare(manifest: Manifest, chart: ChartPlace): boolean {
    return !isToken(manifest) && 'number' in this.wayOf(manifest, chart);
  }

  /** What becomes of a Secret. */
  public import(manifest: Manifest, chart: ImportedChart): Imported | undefined {
    const { raw, name } = manifest;
    const clean = cleaned(raw);
    const id = chart.ids.give(pascalCase(name), `${pascalCase(name)}Secret`);
    if (isToken(manifest)) {
      const { data: _, ...token } = clean;
      return this.asObject(token, token, chart, id, manifest, 'The cluster fills it in.');
    }
    const way = this.wayOf(manifest, chart);
    if ('refusal' in way) return this.asObject(this.withoutTexts(clean, manifest), clean, chart, id, manifest, `It stays as it is: ${way.refusal}.`);
    return { chart, id, code: codeOf(way.number, manifest, clean, chart, id, this.values), comments: [], declares: name };
  }

  private wayOf(manifest: Manifest, { namespace }: ChartPlace): Way {
    const known = this.#ways.get(manifest);
    if (known !== undefined) return known;
    const way = findWay(manifest, namespace);
    this.#ways.set(manifest, way);
    return way;
  }

  /** A Secret that cannot be declared, with its texts from the environment. */
  private withoutTexts(secret: Fields, { metadata: { name = '', namespace } }: Manifest): Fields {
    const hidden = (map: unknown, how: string) => isRecord(map) ? Object.fromEntries(Object.entries(map).map(([key, value]) => {
      const place = placeOfKey(namespace, name, key);
      return [key, typeof value === 'string' ? this.values.text(value, { ...place, what: `${place.what}, ${how}` }) : value];
    })) : map;
    return {
      ...secret,
      ...secret.data === undefined ? {} : { data: hidden(secret.data, 'in base64') },
      ...secret.stringData === undefined ? {} : { stringData: hidden(secret.stringData, 'as it is') },
    };
  }

  private asObject(object: Fields, expected: Fields, chart: ImportedChart, id: string, manifest: Manifest, comment: string): Imported | undefined {
    const { namespace } = chart;
    const isSame = tryCode(newObject(object, { ...TRIAL, namespace }, id), { expected, namespace, inputs: this.values }) === undefined;
    return isSame ? { chart, id, code: newObject(object, chart, id), comments: [comment] } : this.leftOut.addChanged(manifest);
  }
}

function findWay(manifest: Manifest, namespace: string | undefined): Way {
  const { raw, contents } = manifest;
  if (contents === undefined) return { refusal: 'it is not read as a Secret' };
  if (Object.values(record(raw.data)).some(value => typeof value !== 'string' || decodeBase64(value) === undefined)) return { refusal: 'a value is no base64' };
  const expected = cleaned(raw);
  const inputs = new NeededValues();
  let refusal = '';
  for (const [number, code] of [...codesOf(manifest, expected, { ...TRIAL, namespace }, 'Secret', inputs)].entries()) {
    const refused = tryCode(code, { expected, namespace, inputs });
    if (refused === undefined) return { number };
    refusal = refused || 'a declaration would make another object';
  }
  return { refusal };
}

function codeOf(number: number, manifest: Manifest, clean: Fields, chart: ChartPlace, id: string, values: NeededValues): Code {
  const codes = codesOf(manifest, clean, chart, id, values);
  let code = codes.next();
  for (let skip = number; skip > 0; skip--) code = codes.next();
  return code.value as Code;
}

function codesOf({ contents, metadata: { name = '', namespace } }: Manifest, clean: Fields, chart: ChartPlace, id: string, values: NeededValues): Generator<Code> {
  const known = new Map<string, Code>();
  const valueOf = (key: string): Code => {
    const found = known.get(key) ?? values.valueOf(contents!.bytes(key)!, placeOfKey(namespace, name, key));
    known.set(key, found);
    return found;
  };
  return secretCodes(clean, metadataIn(chart.namespace, clean.metadata), [...contents!.keys], { chart: chart.variable, id }, valueOf);
}
