import { Inspection } from '../../../src/app/inspection';
import { secret } from '../manifests';
import { brief, ERROR } from '../pairs';

const source = (manifest: any, file?: string, units?: string[]) => ({ manifest, file, units });
const db = secret('db');

describe('an object that is there twice', () => {
  test('is found at the later one, with the place of the first', () => {
    const inspection = Inspection.fromManifests([secret('other'), db, db, db]);
    expect(brief(inspection)).toEqual([['DuplicateObject', ERROR, 'metadata.name'], ['DuplicateObject', ERROR, 'metadata.name']]);
    expect(inspection.findings.map(({ message }) => message.split(':')[0])).toEqual(['there already is a Secret "db" (document 2)', 'there already is a Secret "db" (document 2)']);
  });

  test('is one where both are applied together', () => {
    expect(brief(Inspection._fromSources([source(db, 'a.yaml', ['a', 'b']), source(db, 'b.yaml', ['b', 'c'])]))).toEqual([['DuplicateObject', ERROR, 'metadata.name']]);
    expect(brief(Inspection._fromSources([source(db, 'a.yaml', ['a']), source(db, 'b.yaml', ['b'])]))).toEqual([]);
  });

  test('is one', () => {
    const nothing = { apiVersion: 'v1', metadata: { name: 'db' } };
    expect(brief(Inspection.fromManifests([nothing, nothing])).map(([code]) => code)).toEqual(['NoManifest', 'NoManifest']);
  });

  test('has a name that is its own', () => {
    const generated = { ...db, metadata: { generateName: 'db-' } };
    expect(brief(Inspection.fromManifests([generated, generated]))).toEqual([]);
  });
});

describe('objects in several files that nothing applies together', () => {
  const alternatives = (...sources: any[]) => Inspection._fromSources(sources)._alternatives;

  test('are counted once each', () => {
    const other = secret('other');
    expect(alternatives(source(db, 'a.yaml'), source(db, 'b.yaml'), source(db, 'c.yaml'), source(other, 'a.yaml'), source(other, 'b.yaml'), source(secret('x'), 'a.yaml'))).toBe(2);
  });

  test('are none in one file, without a file, or without a name', () => {
    expect(alternatives(source(db, 'a.yaml'), source(db, 'a.yaml'))).toBe(0);
    expect(alternatives(source(db, 'a.yaml'), source(db, 'a.yaml'), source(secret('x'), 'b.yaml'))).toBe(0);
    expect(alternatives(source(db), source(db, 'a.yaml'))).toBe(0);
    expect(alternatives(source(db, 'a.yaml'), source(db))).toBe(0);
    const generated = { ...db, metadata: { generateName: 'db-' } };
    expect(alternatives(source(generated, 'a.yaml'), source(generated, 'b.yaml'))).toBe(0);
    expect(alternatives(source({ metadata: { name: 'db' } }, 'a.yaml'), source({ metadata: { name: 'db' } }, 'b.yaml'))).toBe(0);
    expect(alternatives()).toBe(0);
  });
});
